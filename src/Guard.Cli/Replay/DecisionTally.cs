using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;

namespace Guard.Cli.Replay;

/// <summary>Counts decisions on their way to the sink behind it: in all, by stage, and hour by hour.</summary>
public sealed class DecisionTally(IDecisionSink? next = null) : IDecisionSink
{
    private const long Hour = 3_600_000;
    private readonly SortedDictionary<long, long[]> _hours = [];
    private readonly long[] _stages = new long[4];
    private readonly long[] _verdicts = new long[3];

    /// <summary>Gets the number of clicks decided.</summary>
    public long Clicks => _verdicts.Sum();

    /// <summary>Gets the cost of the invalidated clicks, in millionths of the currency unit.</summary>
    public long InvalidCostMicros { get; private set; }

    /// <summary>Gets the cost of all clicks, in millionths of the currency unit.</summary>
    public long CostMicros { get; private set; }

    /// <summary>Gets the clicks of each verdict, hour by hour in order.</summary>
    public IReadOnlyDictionary<long, long[]> Hours => _hours;

    /// <summary>Gets the clicks with a verdict.</summary>
    public long Of(Verdict verdict) => _verdicts[(int)verdict];

    /// <summary>Gets the clicks that a stage decided.</summary>
    public long Of(DecisionStage stage) => _stages[(int)stage];

    /// <inheritdoc/>
    public ValueTask WriteAsync(EventBatch batch, DecidedBatch decided, CancellationToken cancellationToken = default)
    {
        for (var row = 0; row < batch.Clicks.Length; row++)
        {
            ref readonly var click = ref batch.Clicks[row];
            ref readonly var decision = ref decided.Decisions[row];
            _verdicts[(int)decision.Verdict]++;
            _stages[(int)decision.Stage]++;
            CostMicros += click.CostMicros;
            InvalidCostMicros += decision.Verdict == Verdict.Valid ? 0 : click.CostMicros;
            HourOf(click.Time)[(int)decision.Verdict]++;
        }

        return next?.WriteAsync(batch, decided, cancellationToken) ?? ValueTask.CompletedTask;
    }

    private long[] HourOf(long time)
    {
        var start = time - time % Hour;
        if (!_hours.TryGetValue(start, out var counts))
        {
            _hours[start] = counts = new long[3];
        }

        return counts;
    }
}
