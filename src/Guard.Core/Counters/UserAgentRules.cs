using Guard.Core.Clicks;

namespace Guard.Core.Counters;

/// <summary>How user agents count clicks.</summary>
internal readonly struct UserAgentRules : IShardRules<UserAgentRecord, UserAgentCounters>
{
    public static uint Kind => 0x54474147; // "GAGT"

    public static string Name => "user agent shard";

    public static long Horizon => CounterTime.LongHorizon;

    public long Bytes => 0;

    public static bool TryKey(in Click click, out ulong key)
    {
        key = click.UserAgent;
        return key != 0;
    }

    public void Prefetch(in UserAgentRecord record)
    {
        // A user agent's record points nowhere.
    }

    public void Count(ref UserAgentRecord record, bool isNew, in Click click, long gap, ref UserAgentCounters reading)
    {
        if (isNew)
        {
            record.Start(click.Time);
        }
        else
        {
            record.Count(click.Time);
        }

        Read(ref record, ref reading);
    }

    public void Read(ref UserAgentRecord record, in Click click, long gap, ref UserAgentCounters reading) => Read(ref record, ref reading);

    public void Read(ref UserAgentRecord record, ref UserAgentCounters reading) => reading.RateWeek = record.RateWeek;

    public long SavedLength(RecordChunks<UserAgentRecord> records) => 0;

    public void Save(BlockWriter writer, RecordChunks<UserAgentRecord> records)
    {
        // The columns hold all of a user agent.
    }

    public void Load(ref BlockReader reader, RecordChunks<UserAgentRecord> records)
    {
        // The columns hold all of a user agent.
    }
}
