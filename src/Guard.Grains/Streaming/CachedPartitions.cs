using System.Collections.Concurrent;
using System.Globalization;
using Guard.Grains.Ingest;

namespace Guard.Grains.Streaming;

/// <summary>The partitions of the hub that this silo reads. Safe for concurrent use.</summary>
/// <param name="instruments">Tells how long their messages wait.</param>
internal sealed class CachedPartitions(IngestInstruments instruments)
{
    private readonly ConcurrentDictionary<StreamId, CachedMessages> _partitions = new();

    /// <summary>Begins with a partition, whose cache is empty.</summary>
    public CachedMessages Open(string partition)
    {
        var cached = new CachedMessages();
        _partitions[StreamOf(partition)] = cached;
        instruments.Receives(int.Parse(partition, CultureInfo.InvariantCulture), () => cached.Oldest);
        return cached;
    }

    /// <summary>Ends with a partition, unless it was opened again meanwhile.</summary>
    public void Close(string partition, CachedMessages cached)
    {
        if (_partitions.TryRemove(KeyValuePair.Create(StreamOf(partition), cached)))
        {
            instruments.ReceivesNoMore(int.Parse(partition, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Notes that a message is on its way to its partition's grain.</summary>
    public void HandedOn(StreamId stream, long message)
    {
        if (_partitions.TryGetValue(stream, out var cached))
        {
            cached.HandedOn(message);
        }
    }

    private static StreamId StreamOf(string partition) => StreamId.Create(GrainNames.StreamNamespace, partition);
}
