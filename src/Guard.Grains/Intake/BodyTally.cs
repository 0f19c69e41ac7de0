using Guard.Core.Clicks;
using Guard.Core.Hosting;

namespace Guard.Grains.Intake;

/// <summary>Notes what becomes of the events of a body, whose sender waits to be told.</summary>
/// <param name="call">The call that the body came with.</param>
/// <param name="wantsDecision">Whether the sender waits for the decision of its one click.</param>
internal sealed class BodyTally(BodyCall call, bool wantsDecision)
{
    private List<BodyRejection>? _rejections;
    private int _accepted;
    private int _duplicates;
    private int _quarantined;

    /// <summary>Gets whether the sender waits for the decision of its one click.</summary>
    public bool WantsDecision => wantsDecision;

    /// <summary>Gets or sets the row in its batch of the click whose decision is wanted; −1 while there is none.</summary>
    public int Row { get; set; } = -1;

    /// <summary>Gets or sets that decision.</summary>
    public ScoredRow? Scored { get; set; }

    /// <summary>Notes an event.</summary>
    /// <param name="index">Which of the body it is.</param>
    /// <param name="line">Where it stands.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="rejection">Why it was rejected.</param>
    /// <param name="clicks">How many clicks its batch holds now.</param>
    public void Note(int index, long line, IntakeOutcome outcome, in Rejection rejection, int clicks)
    {
        switch (outcome)
        {
            case IntakeOutcome.Accepted:
                _accepted++;
                Row = wantsDecision ? clicks - 1 : -1;
                break;
            case IntakeOutcome.Duplicate:
                _duplicates++;
                break;
            default:
                if (_quarantined++ < Receipt.GreatestRejections)
                {
                    (_rejections ??= []).Add(new BodyRejection(index, line, (int)rejection.Reason, rejection.Detail));
                }

                break;
        }
    }

    /// <summary>Says that the events are decided; with its last body the call is answered.</summary>
    public void Decided() => call.Decided();

    /// <summary>Makes the receipt.</summary>
    public BodyReceipt ToReceipt() => new()
    {
        Accepted = _accepted,
        Duplicates = _duplicates,
        Quarantined = _quarantined,
        Rejections = _rejections is null ? [] : [.. _rejections],
        Scored = Scored,
    };
}
