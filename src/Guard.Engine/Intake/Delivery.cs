using Guard.Core.Clicks;
using Guard.Core.Hosting;

namespace Guard.Engine.Intake;

/// <summary>What a producer sent, on its way from decoding to durable.</summary>
/// <param name="arrived">The memory for its events, which goes back to its pool once they are admitted.</param>
/// <param name="arrivedAt">The timestamp of the host's clock when it came.</param>
/// <param name="charge">The bytes that it takes of the queue's room.</param>
internal sealed class Delivery(ArrivedEvents arrived, long arrivedAt, long charge)
{
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<RejectedEntry>? _rejections;
    private volatile bool _isDurable;
    private int _quarantined;
    private int _accepted;
    private int _duplicates;

    /// <summary>Gets the events.</summary>
    public ArrivedEvents Arrived { get; } = arrived;

    /// <summary>Gets when it came.</summary>
    public long ArrivedAt { get; } = arrivedAt;

    /// <summary>Gets the bytes that it takes of the queue's room.</summary>
    public long Charge { get; } = charge;

    /// <summary>Gets how many clicks of it were admitted.</summary>
    public int Clicks { get; private set; }

    /// <summary>Gets the number of its first click; 0 while none was admitted.</summary>
    public long FirstNumber { get; private set; }

    /// <summary>Gets whether the sender waits for the decision of its one click.</summary>
    public bool WantsDecision { get; init; }

    /// <summary>Gets or sets that decision.</summary>
    public ScoredRow? Scored { get; set; }

    /// <summary>Gets the task that ends when all its events are durable or the sender shall wait no longer, or fails when they can no longer become so.</summary>
    public Task Answer => _answer.Task;

    /// <summary>Gets whether all its events are durable.</summary>
    public bool IsDurable => _isDurable;

    /// <summary>Gets what became of it; whole once <see cref="Answer"/> ended.</summary>
    public Receipt Receipt => new(_accepted, _duplicates, _quarantined, _rejections ?? (IReadOnlyList<RejectedEntry>)[]);

    /// <summary>Notes a broken event.</summary>
    public void Reject(RejectedEntry entry)
    {
        if (_quarantined++ < Receipt.GreatestRejections)
        {
            (_rejections ??= []).Add(entry);
        }
    }

    /// <summary>Notes what became of an event.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="click">The number of an admitted click; 0 for any other.</param>
    public void Note(IntakeOutcome outcome, long click)
    {
        if (outcome == IntakeOutcome.Duplicate)
        {
            _duplicates++;
            return;
        }

        _accepted++;
        if (click != 0)
        {
            Clicks++;
            FirstNumber = FirstNumber == 0 ? click : FirstNumber;
        }
    }

    /// <summary>Says that all events are durable.</summary>
    public void Complete()
    {
        _isDurable = true;
        _answer.TrySetResult();
    }

    /// <summary>Gives the sender its decision, whether or not it is durable yet.</summary>
    /// <returns>Whether the sender had waited until now.</returns>
    public bool GiveDecision() => _answer.TrySetResult();

    /// <summary>Says that they cannot become durable.</summary>
    public void Fail(Exception cause) => _answer.TrySetException(cause);
}
