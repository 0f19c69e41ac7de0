namespace Guard.Core.Hosting;

/// <summary>Starts and ends of alerts in the order in which they came about, for those who pass them on. Safe for concurrent use.</summary>
public interface IAlertEvents
{
    /// <summary>Gets the number of the newest event whose cause is durable; 0 before the first.</summary>
    ValueTask<long> LastAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads durable events with a greater number, oldest first; those that are no longer kept are left out.</summary>
    /// <param name="after">The cursor, at least 0.</param>
    /// <param name="maximum">The greatest number of events, in [1, 1,000].</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask<IReadOnlyList<AlertEvent>> ReadAsync(long after, int maximum, CancellationToken cancellationToken = default);

    /// <summary>Waits until there is a durable event after a cursor.</summary>
    /// <param name="after">The cursor, at least 0.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask WaitAsync(long after, CancellationToken cancellationToken = default);
}
