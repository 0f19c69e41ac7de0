using Guard.Core.Counters;

namespace Guard.Cluster.Benchmarks.Textbook;

/// <summary>One user's counters in memory. Holds the very record of a shard, 128 bytes in the grain itself, so that it is as small and as fast as a grain of its own can be.</summary>
[GrainType("benchmark.user")]
internal sealed class UserCounterGrain : Grain, IUserCounterGrain
{
    private UserRecord _record;

    /// <inheritdoc/>
    public ValueTask<UserReading> CountAsync(ClickEvent click)
    {
        var known = _record.Newest > 0 && click.Time - _record.Newest <= CounterTime.Horizon;
        var gap = known ? Math.Min(Math.Abs(click.Time - _record.Newest), CounterTime.Horizon) : CounterTime.Horizon;
        if (known)
        {
            _record.Count(click.Time);
        }
        else
        {
            _record.Start(click.Time);
        }

        var session = Math.Max(1, KeyHash.Fingerprint(click.Session));
        _record.CountSession(session, click.Time);
        var counters = default(UserCounters);
        _record.Read(gap, session, ref counters);
        return ValueTask.FromResult(UserReading.Of(counters));
    }
}
