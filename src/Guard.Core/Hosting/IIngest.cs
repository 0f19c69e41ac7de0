namespace Guard.Core.Hosting;

/// <summary>Where a host takes events in. Safe for concurrent use.</summary>
public interface IIngest
{
    /// <summary>Takes events in: one CloudEvent, an array of them, or one a line, as UTF-8 JSON. Ends when what was accepted is durable and decided.</summary>
    /// <param name="events">The events; the caller may reuse the memory afterwards.</param>
    /// <param name="cancellationToken">Stops waiting; what was already queued is taken in all the same.</param>
    /// <exception cref="BusyException">More waits than the host holds; nothing of the body was taken in.</exception>
    ValueTask<Receipt> SendAsync(ReadOnlyMemory<byte> events, CancellationToken cancellationToken = default);

    /// <summary>Takes one click in and decides it; the click counts. Ends when it is durable, or with its decision where a disk is late and the host is set not to wait for it.</summary>
    /// <param name="click">One CloudEvent of type <see cref="Clicks.EventTypes.Click"/>.</param>
    /// <param name="cancellationToken">As for <see cref="SendAsync"/>.</param>
    /// <exception cref="BusyException">More waits than the host holds; the click was not taken in.</exception>
    ValueTask<ScoredClick> ScoreAsync(ReadOnlyMemory<byte> click, CancellationToken cancellationToken = default);
}
