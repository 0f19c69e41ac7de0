using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Guard.Core.Lifecycle;
using Orleans.Serialization;

namespace Guard.Grains.Deciding;

/// <summary>
/// A cluster's decisions: segments under <c>decisions/{partition}/{first message}</c>, each created once. Each begins with
/// the message after the last one's end, so that whoever takes a partition over finds what is decided by following them.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="serializer">Writes and reads segments.</param>
public sealed class DecisionSegments(IArtifactStore store, Serializer serializer)
{
    // A segment takes megabytes: an array of its own for each would keep the collector busy with large objects.
    private readonly ConcurrentBag<ArrayBufferWriter<byte>> _buffers = [];

    /// <summary>Writes a segment; the same one again changes nothing.</summary>
    /// <exception cref="ArtifactConflictException">Somebody else decided from this message on.</exception>
    public async ValueTask CreateAsync(DecisionSegment segment, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(segment);
        var buffer = _buffers.TryTake(out var used) ? used : new ArrayBufferWriter<byte>();
        buffer.ResetWrittenCount();
        serializer.Serialize(segment, buffer);
        await store.CreateAsync(PathOf(segment.Partition, segment.FirstMessage), buffer.WrittenMemory, cancellationToken);
        _buffers.Add(buffer);
    }

    /// <summary>Reads the segment that begins with a message, or gets <see langword="null"/>.</summary>
    public async ValueTask<DecisionSegment?> FindAsync(int partition, long firstMessage, CancellationToken cancellationToken = default) =>
        await store.ReadAsync(PathOf(partition, firstMessage), cancellationToken) is { } artifact
            ? serializer.Deserialize<DecisionSegment>(artifact.Content.Span)
            : null;

    /// <summary>Deletes the segment that begins with a message; where there is none, nothing happens.</summary>
    public ValueTask DeleteAsync(int partition, long firstMessage, CancellationToken cancellationToken = default) => store.DeleteAsync(PathOf(partition, firstMessage), cancellationToken);

    /// <summary>Lists all segments of all partitions, each partition's in order.</summary>
    public async IAsyncEnumerable<(int Partition, long FirstMessage)> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var path in store.ListAsync("decisions", cancellationToken))
        {
            var names = path.Split('/');
            yield return (int.Parse(names[1]), long.Parse(names[2]));
        }
    }

    /// <summary>Reads all segments of all partitions, each partition's in order.</summary>
    public async IAsyncEnumerable<DecisionSegment> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var path in store.ListAsync("decisions", cancellationToken))
        {
            if (await store.ReadAsync(path, cancellationToken) is { } artifact)
            {
                yield return serializer.Deserialize<DecisionSegment>(artifact.Content.Span)!;
            }
        }
    }

    private static string PathOf(int partition, long firstMessage) => $"decisions/{partition:D5}/{firstMessage:D20}";
}
