using Guard.Core.Clicks;
using Guard.Core.Pipeline;

namespace Guard.Grains.Intake;

/// <summary>
/// Answers those who wait for a batch. Its events are durable in the log, so that what is counted follows from it: who waits
/// for a receipt is answered once the batch is decided. A decision follows from more than the log, from the policy in force
/// and what other partitions count: who waits for one is told it once its segment is durable, since nobody decides that anew.
/// </summary>
internal sealed class Answers
{
    private readonly List<BodyTally> _waiting = [];

    /// <summary>Notes that somebody waits for a body of the batch that comes next.</summary>
    public void Add(BodyTally tally) => _waiting.Add(tally);

    /// <summary>Says that the batch is decided.</summary>
    public void OnDecided(EventBatch batch, DecidedBatch decided)
    {
        foreach (var tally in _waiting)
        {
            if (tally.WantsDecision)
            {
                tally.Scored = tally.Row < 0 ? null : ScoredRow.Of(batch, decided, tally.Row);
            }
            else
            {
                tally.Decided();
            }
        }

        _waiting.RemoveAll(static tally => !tally.WantsDecision);
    }

    /// <summary>Says that the decisions are durable.</summary>
    public void OnDurable()
    {
        _waiting.ForEach(static tally => tally.Decided());
        _waiting.Clear();
    }
}
