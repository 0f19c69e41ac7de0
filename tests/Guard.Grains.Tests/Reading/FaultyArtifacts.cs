using System.Runtime.CompilerServices;
using Guard.Core.Lifecycle;

namespace Guard.Grains.Tests.Reading;

/// <summary>Artifacts in memory; one write may fail, before it happened or after.</summary>
internal sealed class FaultyArtifacts : IArtifactStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (byte[] Content, long Tag)> _artifacts = new(StringComparer.Ordinal);
    private long _tag;
    private int _failsIn = -1;
    private bool _happens;

    public IReadOnlyList<string> Paths
    {
        get
        {
            lock (_lock)
            {
                return [.. _artifacts.Keys];
            }
        }
    }

    /// <summary>Lets a write fail.</summary>
    /// <param name="writes">After how many others; negative for none.</param>
    /// <param name="happens">Whether it happens all the same.</param>
    public void Fail(int writes, bool happens) => (_failsIn, _happens) = (writes, happens);

    public ValueTask<Artifact?> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(_artifacts.TryGetValue(path, out var found) ? new Artifact(found.Content, $"{found.Tag}") : null);
        }
    }

    public async ValueTask<bool> CreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        if (await ReplaceAsync(path, content, null, cancellationToken) is not null)
        {
            return true;
        }

        return (await ReadAsync(path, cancellationToken))!.Content.Span.SequenceEqual(content.Span) ? false : throw new ArtifactConflictException(path);
    }

    public ValueTask<string?> ReplaceAsync(string path, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellationToken = default) => Write(() =>
    {
        var stands = _artifacts.TryGetValue(path, out var found) ? $"{found.Tag}" : null;
        if (stands != expectedETag)
        {
            return null;
        }

        _artifacts[path] = (content.ToArray(), ++_tag);
        return $"{_tag}";
    });

    public async ValueTask DeleteAsync(string path, CancellationToken cancellationToken = default) => await Write(() => _artifacts.Remove(path) ? "" : null);

    public async IAsyncEnumerable<string> ListAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var path in Paths.Where(path => path.StartsWith($"{folder}/", StringComparison.Ordinal)))
        {
            yield return path;
        }

        await Task.CompletedTask;
    }

    private ValueTask<string?> Write(Func<string?> write)
    {
        lock (_lock)
        {
            var fails = _failsIn >= 0 && _failsIn-- == 0;
            var result = fails && !_happens ? null : write();
            return fails ? throw new IOException("The store did not answer.") : ValueTask.FromResult(result);
        }
    }
}
