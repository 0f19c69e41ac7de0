using Guard.Engine.Intake;

namespace Guard.Engine.Hosting;

/// <summary>
/// The clicks that were decided and whose senders wait for the disk, where they do so with a patience: a decision is worth something while
/// the ad waits for it, so it is given when that is over, and said not to be durable yet.
/// </summary>
/// <remarks>Called by the loop alone.</remarks>
/// <param name="patience">From a click's arrival.</param>
/// <param name="time">The clock.</param>
internal sealed class DueScores(TimeSpan patience, TimeProvider time)
{
    private readonly Queue<Delivery> _waiting = new();

    /// <summary>Gets whether a sender may still wait.</summary>
    public bool AnyWaits => _waiting.Count > 0;

    /// <summary>Takes a click whose decision is there.</summary>
    public void Add(Delivery delivery)
    {
        if (patience != Timeout.InfiniteTimeSpan)
        {
            _waiting.Enqueue(delivery);
        }
    }

    /// <summary>Gives the decisions that are due.</summary>
    /// <returns>How many of them are not durable.</returns>
    public int Give()
    {
        var early = 0;
        while (_waiting.TryPeek(out var oldest) && (oldest.Answer.IsCompleted || time.GetElapsedTime(oldest.ArrivedAt) >= patience))
        {
            _waiting.Dequeue();
            early += oldest.GiveDecision() ? 1 : 0;
        }

        return early;
    }
}
