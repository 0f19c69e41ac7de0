namespace Guard.Grains.Intake;

/// <summary>Bodies that a silo handed over together, and waits for.</summary>
/// <param name="bodies">The bodies.</param>
internal sealed class BodyCall(IReadOnlyList<SentBody> bodies)
{
    private readonly TaskCompletionSource<BodyReceipt[]> _receipts = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets the bodies.</summary>
    public IReadOnlyList<SentBody> Bodies { get; } = bodies;

    /// <summary>Gets what becomes of them.</summary>
    public BodyTally[] Tallies { get; } = [.. bodies.Select(body => new BodyTally(body.WantsDecision))];

    /// <summary>Gets the bytes of the bodies.</summary>
    public long Length { get; } = bodies.Sum(body => (long)body.Events.Length);

    /// <summary>Gets the task that ends when all are decided.</summary>
    public Task<BodyReceipt[]> Receipts => _receipts.Task;

    /// <summary>Says that all are decided.</summary>
    public void Complete() => _receipts.TrySetResult([.. Tallies.Select(tally => tally.ToReceipt())]);

    /// <summary>Says that they are not taken in here.</summary>
    public void Fail(Exception cause) => _receipts.TrySetException(cause);
}
