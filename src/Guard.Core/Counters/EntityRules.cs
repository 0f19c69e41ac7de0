using Guard.Core.Clicks;

namespace Guard.Core.Counters;

/// <summary>How entities count clicks and distinct values.</summary>
internal readonly struct EntityRules() : IShardRules<EntityRecord, EntityCounters>
{
    private static readonly DistinctColumns<EntityRecord> s_columns = new(
        static (ref EntityRecord entity) => ref entity.Users,
        static (ref EntityRecord entity) => ref entity.Sessions,
        static (ref EntityRecord entity) => ref entity.UserAgents);

    private readonly DistinctStore _distinct = new();

    public static uint Kind => 0x544E4547; // "GENT"

    public static string Name => "entity shard";

    public static long Horizon => CounterTime.LongHorizon;

    public long Bytes => _distinct.Bytes;

    public static bool TryKey(in Click click, out ulong key)
    {
        key = click.Entity;
        return key != 0;
    }

    public void Prefetch(in EntityRecord record)
    {
        _distinct.Prefetch(record.Users);
        _distinct.Prefetch(record.Sessions);
        _distinct.Prefetch(record.UserAgents);
    }

    public void Count(ref EntityRecord record, bool isNew, in Click click, long gap, ref EntityCounters reading)
    {
        if (isNew)
        {
            _distinct.Release(ref record.Users);
            _distinct.Release(ref record.Sessions);
            _distinct.Release(ref record.UserAgents);
            record.Start(click.Time);
        }
        else
        {
            record.Count(click.Time);
        }

        var tile = Tiles.Of(click.Time);
        var starts = WindowStarts.At(Tiles.Of(record.Newest));
        _distinct.Add(ref record.Users, click.User, tile, starts);
        _distinct.Add(ref record.Sessions, click.Session, tile, starts);
        _distinct.Add(ref record.UserAgents, click.UserAgent, tile, starts);
        Read(ref record, gap, starts, ref reading);
    }

    public void Read(ref EntityRecord record, in Click click, long gap, ref EntityCounters reading) =>
        Read(ref record, gap, WindowStarts.At(Tiles.Of(record.Newest)), ref reading);

    public void Read(ref EntityRecord record, ref EntityCounters reading) =>
        Read(ref record, gap: 0, WindowStarts.At(Tiles.Of(record.Newest)), ref reading);

    public long SavedLength(RecordChunks<EntityRecord> records) => s_columns.Length(records);

    public void Save(BlockWriter writer, RecordChunks<EntityRecord> records) => s_columns.Write(writer, records, _distinct);

    public void Load(ref BlockReader reader, RecordChunks<EntityRecord> records) => s_columns.Read(ref reader, records, _distinct);

    private void Read(ref EntityRecord record, long gap, in WindowStarts starts, ref EntityCounters reading)
    {
        reading.Clicks = record.Clicks;
        reading.RateWeek = record.RateWeek;
        reading.Gap = gap;
        reading.Users = _distinct.Read(ref record.Users, starts);
        reading.Sessions = _distinct.Read(ref record.Sessions, starts);
        reading.UserAgents = _distinct.Read(ref record.UserAgents, starts);
    }
}
