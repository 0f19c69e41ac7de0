using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Guard.Core.Lifecycle;

namespace Guard.Cluster.Benchmarks.Hosting;

/// <summary>Artifacts in memory, without a disk's time. Decisions are taken and let go, as a run makes gigabytes of them: only their bytes are counted.</summary>
internal sealed class MemoryArtifactStore : IArtifactStore
{
    private const string Decisions = "decisions/";
    private readonly ConcurrentDictionary<string, Artifact> _artifacts = new(StringComparer.Ordinal);
    private long _version;
    private long _decisionBytes;

    /// <summary>Gets the bytes of decisions taken.</summary>
    public long DecisionBytes => Volatile.Read(ref _decisionBytes);

    public ValueTask<Artifact?> ReadAsync(string path, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_artifacts.GetValueOrDefault(path));

    public ValueTask<bool> CreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        if (path.StartsWith(Decisions, StringComparison.Ordinal))
        {
            Interlocked.Add(ref _decisionBytes, content.Length);
            return ValueTask.FromResult(true);
        }

        return _artifacts.TryAdd(path, Next(content)) || _artifacts[path].Content.Span.SequenceEqual(content.Span)
            ? ValueTask.FromResult(true)
            : throw new ArtifactConflictException($"{path}: other content stands there already.");
    }

    public ValueTask<string?> ReplaceAsync(string path, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellationToken = default)
    {
        var next = Next(content);
        var replaced = expectedETag is null
            ? _artifacts.TryAdd(path, next)
            : _artifacts.TryGetValue(path, out var existing) && existing.ETag == expectedETag && _artifacts.TryUpdate(path, next, existing);
        return ValueTask.FromResult(replaced ? next.ETag : null);
    }

    public ValueTask DeleteAsync(string path, CancellationToken cancellationToken = default)
    {
        _artifacts.TryRemove(path, out _);
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<string> ListAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var path in _artifacts.Keys.Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return path;
        }

        await Task.CompletedTask;
    }

    private Artifact Next(ReadOnlyMemory<byte> content) => new(content.ToArray(), $"{Interlocked.Increment(ref _version)}");
}
