using Guard.Core.Counters;

namespace Guard.Cluster.Benchmarks.Textbook;

/// <summary>One address's counters in memory: the record of a shard for its clicks, and its distinct values in arrays that grow as they must.</summary>
[GrainType("benchmark.address")]
internal sealed class AddressCounterGrain : Grain, IAddressCounterGrain
{
    private EntityRecord _record;
    private RecentValues _users;
    private RecentValues _sessions;
    private RecentValues _userAgents;

    /// <inheritdoc/>
    public ValueTask<AddressReading> CountAsync(ClickEvent click)
    {
        var known = _record.Newest > 0 && click.Time - _record.Newest <= CounterTime.LongHorizon;
        var gap = known ? Math.Min(Math.Abs(click.Time - _record.Newest), CounterTime.LongHorizon) : CounterTime.LongHorizon;
        if (known)
        {
            _record.Count(click.Time);
        }
        else
        {
            (_users, _sessions, _userAgents) = (default, default, default);
            _record.Start(click.Time);
        }

        var (tile, starts) = (Tiles.Of(click.Time), WindowStarts.At(Tiles.Of(_record.Newest)));
        _users.Add(click.User, tile, starts);
        _sessions.Add(click.Session, tile, starts);
        _userAgents.Add(click.UserAgent, tile, starts);
        return ValueTask.FromResult(AddressReading.Of(new EntityCounters
        {
            Clicks = _record.Clicks,
            RateWeek = _record.RateWeek,
            Gap = gap,
            Users = _users.Count(starts),
            Sessions = _sessions.Count(starts),
            UserAgents = _userAgents.Count(starts),
        }));
    }
}
