using Guard.Core.Clicks;
using Guard.Core.Lifecycle;
using Guard.Starter;

namespace Guard.Cluster.Benchmarks.Hosting;

/// <summary>A starter model with its thresholds, made once a run and put in force wherever a way wants it.</summary>
internal sealed class BenchmarkPolicy
{
    private readonly MemoryArtifactStore _made = new();

    private BenchmarkPolicy()
    {
    }

    /// <summary>Gets the hash of a key of noughts: all ways tell users apart alike.</summary>
    public static KeyedHash Hash { get; } = new(HashingKey.FromBytes(new byte[HashingKey.Bytes]));

    public static async Task<BenchmarkPolicy> MakeAsync()
    {
        var policy = new BenchmarkPolicy();
        await StarterModel.PublishAsync(policy._made, "clicks", Hash, StarterOptions.Small, new Progress<double>(), CancellationToken.None);
        return policy;
    }

    /// <summary>Puts the model and its thresholds in force in a store.</summary>
    public async Task<T> PublishAsync<T>(T store)
        where T : IArtifactStore
    {
        foreach (var folder in (string[])["models", "thresholds"])
        {
            await foreach (var path in _made.ListAsync(folder))
            {
                await store.ReplaceAsync(path, (await _made.ReadAsync(path))!.Content, null);
            }
        }

        return store;
    }
}
