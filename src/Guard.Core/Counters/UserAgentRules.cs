using Guard.Core.Clicks;

namespace Guard.Core.Counters;

/// <summary>How user agents count clicks and distinct entities.</summary>
internal readonly struct UserAgentRules() : IShardRules<UserAgentRecord, UserAgentCounters>
{
    private static readonly DistinctColumns<UserAgentRecord> s_columns = new(static (ref UserAgentRecord agent) => ref agent.Entities);

    private readonly DistinctStore _distinct = new();

    public static uint Kind => 0x54474147; // "GAGT"

    public static string Name => "user agent shard";

    public static long Horizon => CounterTime.LongHorizon;

    public long Bytes => _distinct.Bytes;

    public static bool TryKey(in Click click, out ulong key)
    {
        key = click.UserAgent;
        return key != 0;
    }

    public void Prefetch(in UserAgentRecord record) => _distinct.Prefetch(record.Entities);

    public void Count(ref UserAgentRecord record, bool isNew, in Click click, long gap, ref UserAgentCounters reading)
    {
        if (isNew)
        {
            _distinct.Release(ref record.Entities);
            record.Start(click.Time);
        }
        else
        {
            record.Count(click.Time);
        }

        _distinct.Add(ref record.Entities, click.Entity, Tiles.Of(click.Time), WindowStarts.At(Tiles.Of(record.Newest)));
        Read(ref record, ref reading);
    }

    public void Read(ref UserAgentRecord record, in Click click, long gap, ref UserAgentCounters reading) => Read(ref record, ref reading);

    public void Read(ref UserAgentRecord record, ref UserAgentCounters reading)
    {
        reading.RateSixHours = record.RateSixHours;
        reading.RateWeek = record.RateWeek;
        reading.Entities = _distinct.Read(ref record.Entities, WindowStarts.At(Tiles.Of(record.Newest)));
    }

    public long SavedLength(RecordChunks<UserAgentRecord> records) => s_columns.Length(records);

    public void Save(BlockWriter writer, RecordChunks<UserAgentRecord> records) => s_columns.Write(writer, records, _distinct);

    public void Load(ref BlockReader reader, RecordChunks<UserAgentRecord> records) => s_columns.Read(ref reader, records, _distinct);
}
