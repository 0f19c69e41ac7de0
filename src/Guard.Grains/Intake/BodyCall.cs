namespace Guard.Grains.Intake;

/// <summary>Bodies that a silo handed over together, and waits for.</summary>
internal sealed class BodyCall
{
    private readonly TaskCompletionSource<BodyReceipt[]> _receipts = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _undecided;

    /// <summary>Initialises the call.</summary>
    /// <param name="bodies">The bodies, at least one.</param>
    public BodyCall(IReadOnlyList<SentBody> bodies)
    {
        (Bodies, _undecided) = (bodies, bodies.Count);
        Tallies = [.. bodies.Select(body => new BodyTally(this, body.WantsDecision))];
        Length = bodies.Sum(body => (long)body.Events.Length);
    }

    /// <summary>Gets the bodies.</summary>
    public IReadOnlyList<SentBody> Bodies { get; }

    /// <summary>Gets what becomes of them.</summary>
    public BodyTally[] Tallies { get; }

    /// <summary>Gets the bytes of the bodies.</summary>
    public long Length { get; }

    /// <summary>Gets the task that ends when all are decided.</summary>
    public Task<BodyReceipt[]> Receipts => _receipts.Task;

    /// <summary>Says that one more body is decided.</summary>
    public void Decided()
    {
        if (--_undecided == 0)
        {
            _receipts.TrySetResult([.. Tallies.Select(tally => tally.ToReceipt())]);
        }
    }

    /// <summary>Says that the bodies are not taken in here; of one that is answered already nothing changes.</summary>
    public void Fail(Exception cause) => _receipts.TrySetException(cause);
}
