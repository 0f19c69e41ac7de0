using Guard.Core.Counters;

namespace Guard.Cluster.Benchmarks.Textbook;

/// <summary>One user agent's counter in memory.</summary>
[GrainType("benchmark.user-agent")]
internal sealed class UserAgentCounterGrain : Grain, IUserAgentCounterGrain
{
    private UserAgentRecord _record;

    /// <inheritdoc/>
    public ValueTask<double> CountAsync(long time)
    {
        if (_record.Newest > 0 && time - _record.Newest <= CounterTime.LongHorizon)
        {
            _record.Count(time);
        }
        else
        {
            _record.Start(time);
        }

        return ValueTask.FromResult(_record.RateWeek);
    }
}
