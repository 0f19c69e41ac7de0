using Guard.Core.Clicks;
using Guard.Core.Pipeline;

namespace Guard.Grains.Intake;

/// <summary>Picks out of a batch the decisions that senders wait for, on the way to the segment.</summary>
/// <param name="next">Where all decisions go.</param>
internal sealed class WantedDecisions(IDecisionSink next) : IDecisionSink
{
    private readonly List<BodyTally> _wanted = [];

    /// <summary>Notes that the decision of a tally's row is wanted of the batch that comes next.</summary>
    public void Add(BodyTally tally) => _wanted.Add(tally);

    /// <inheritdoc/>
    public ValueTask WriteAsync(EventBatch batch, DecidedBatch decided, CancellationToken cancellationToken = default)
    {
        foreach (var tally in _wanted)
        {
            tally.Scored = ScoredRow.Of(batch, decided, tally.Row);
        }

        _wanted.Clear();
        return next.WriteAsync(batch, decided, cancellationToken);
    }
}
