using Guard.Core.Clicks;

namespace Guard.Core.Pipeline;

/// <summary>The way of a click: an ordered batch is counted, decided and handed on. One pipeline serves one partition, one batch at a time.</summary>
/// <param name="counters">Where the shards live.</param>
/// <param name="sink">Who takes the decisions.</param>
/// <param name="policy">Asked once a batch for what is in force.</param>
/// <param name="workers">How many threads decide; the decisions do not depend on it.</param>
public sealed class ClickPipeline(ICounters counters, IDecisionSink sink, Func<DecisionPolicy> policy, int workers = 1)
{
    /// <summary>The least number of clicks for which a thread of its own pays.</summary>
    private const int MinimumClicksPerWorker = 256;

    private readonly CounterReadings _readings = new();
    private readonly DecidedBatch _decided = new();

    /// <summary>Counts and decides a batch, and hands its decisions to the sink.</summary>
    public async ValueTask ProcessAsync(EventBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var clicks = batch.Clicks.Length;
        _readings.Resize(clicks);
        _decided.Resize(clicks);
        _decided.Policy = policy();
        await counters.CountAsync(batch, _readings, cancellationToken);

        var ranges = Math.Clamp(clicks / MinimumClicksPerWorker, 1, workers);
        if (ranges == 1)
        {
            ClickDecider.Decide(batch, _readings, _decided, 0, clicks);
        }
        else
        {
            Parallel.For(0, ranges, range =>
            {
                var start = (int)((long)clicks * range / ranges);
                ClickDecider.Decide(batch, _readings, _decided, start, (int)((long)clicks * (range + 1) / ranges) - start);
            });
        }

        await sink.WriteAsync(batch, _decided, cancellationToken);
    }
}
