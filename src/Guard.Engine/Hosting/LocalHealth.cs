using Guard.Core.Hosting;
using Guard.Engine.Intake;
using Guard.Engine.Log;

namespace Guard.Engine.Hosting;

/// <summary>Whether the host is fit.</summary>
internal sealed class LocalHealth(BatchLoop loop, PartitionLog log, IntakeQueue queue) : IHostHealth
{
    /// <inheritdoc/>
    public string? NotReady => NotLive
        ?? (queue.IsClosed ? "the host is stopping" : log.Health is { Condition: not LogCondition.Writing } health ? $"the log cannot be written: {health.Reason}" : null);

    /// <inheritdoc/>
    public string? NotLive => loop.Fault ?? (log.Health is { Condition: LogCondition.Failed } health ? $"the log failed: {health.Reason}" : null);
}
