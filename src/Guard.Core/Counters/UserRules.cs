using Guard.Core.Clicks;

namespace Guard.Core.Counters;

/// <summary>How users count clicks.</summary>
internal readonly struct UserRules : IShardRules<UserRecord, UserCounters>
{
    public static uint Kind => 0x52535547; // "GUSR"

    public static string Name => "user shard";

    public static long Horizon => CounterTime.Horizon;

    public long Bytes => 0;

    public static bool TryKey(in Click click, out ulong key)
    {
        key = click.User;
        return true;
    }

    public void Prefetch(in UserRecord record)
    {
        // A user's record points nowhere.
    }

    public void Count(ref UserRecord record, bool isNew, in Click click, long gap, ref UserCounters reading)
    {
        if (isNew)
        {
            record.Start(click.Time);
        }
        else
        {
            record.Count(click.Time);
        }

        if (SessionOf(click) is not 0 and var session)
        {
            record.CountSession(session, click.Time);
        }

        Read(ref record, click, gap, ref reading);
    }

    public void Read(ref UserRecord record, in Click click, long gap, ref UserCounters reading) => record.Read(gap, SessionOf(click), ref reading);

    public void Read(ref UserRecord record, ref UserCounters reading) => record.Read(gap: 0, record.LastSession, ref reading);

    public long SavedLength(RecordChunks<UserRecord> records) => 0;

    public void Save(BlockWriter writer, RecordChunks<UserRecord> records)
    {
        // The columns hold all of a user.
    }

    public void Load(ref BlockReader reader, RecordChunks<UserRecord> records)
    {
        // The columns hold all of a user.
    }

    private static uint SessionOf(in Click click) => click.Session == 0 ? 0 : Math.Max(1, KeyHash.Fingerprint(click.Session));
}
