using System.Diagnostics.Metrics;
using Guard.Grains.Ingest;

namespace Guard.Grains.Counting;

/// <summary>What the shards of a silo hold, by kind, on the meter <see cref="IngestInstruments.MeterName"/>. Safe for concurrent use.</summary>
internal sealed class ShardInstruments
{
    private readonly UpDownCounter<int> _shards;
    private readonly UpDownCounter<long> _entries;
    private readonly UpDownCounter<long> _bytes;
    private readonly Histogram<double> _saves;
    private readonly TimeProvider _time;

    public ShardInstruments(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(IngestInstruments.MeterName);
        _shards = meter.CreateUpDownCounter<int>("guard.shards", "{shard}", "Shards that are active here, by kind.");
        _entries = meter.CreateUpDownCounter<long>("guard.shards.entries", "{entry}", "Users, addresses or user agents with counters here.");
        _bytes = meter.CreateUpDownCounter<long>("guard.shards.size", "By", "The bytes of the shards here, by kind.");
        _saves = meter.CreateHistogram<double>("guard.shards.save.duration", "s", "How long it took to save a shard, by kind.");
    }

    public long Now => _time.GetTimestamp();

    public void Opened(string kind) => _shards.Add(1, Tag(kind));

    public void Closed(string kind) => _shards.Add(-1, Tag(kind));

    public void Changed(string kind, long entries, long bytes)
    {
        _entries.Add(entries, Tag(kind));
        _bytes.Add(bytes, Tag(kind));
    }

    public void Saved(string kind, long since) => _saves.Record(_time.GetElapsedTime(since).TotalSeconds, Tag(kind));

    private static KeyValuePair<string, object?> Tag(string kind) => new("guard.kind", kind);
}
