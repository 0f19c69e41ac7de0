using Guard.Core.Clicks;
using Guard.Core.Pipeline;

namespace Guard.Grains.Intake;

/// <summary>
/// Answers those who wait for a batch. Its events are durable in the log, so that what is counted and decided follows from
/// it: senders need not wait for the segment as well. A decision that is told to its sender follows from the log alone where
/// no other partition counts the same users and addresses; else the segment must be durable first.
/// </summary>
/// <param name="isAlone">Whether there is no other partition.</param>
internal sealed class Answers(bool isAlone)
{
    private readonly List<BodyTally> _waiting = [];

    /// <summary>Notes that somebody waits for a body of the batch that comes next.</summary>
    public void Add(BodyTally tally) => _waiting.Add(tally);

    /// <summary>Says that the batch is decided.</summary>
    public void OnDecided(EventBatch batch, DecidedBatch decided)
    {
        foreach (var tally in _waiting)
        {
            tally.Scored = tally.Row < 0 ? null : ScoredRow.Of(batch, decided, tally.Row);
            if (isAlone || !tally.WantsDecision)
            {
                tally.Decided();
            }
        }

        _waiting.RemoveAll(tally => isAlone || !tally.WantsDecision);
    }

    /// <summary>Says that the decisions are durable.</summary>
    public void OnDurable()
    {
        _waiting.ForEach(tally => tally.Decided());
        _waiting.Clear();
    }
}
