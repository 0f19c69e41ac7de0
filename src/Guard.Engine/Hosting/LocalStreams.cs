using Guard.Core.Hosting;

namespace Guard.Engine.Hosting;

/// <summary>Reads the telemetry streams and their alerts.</summary>
/// <param name="state">The state.</param>
/// <param name="last">The number of the newest alert event whose cause is durable.</param>
internal sealed class LocalStreams(StateAccess state, Milestone last) : IStreams, IAlertEvents
{
    private const int MostAlerts = 1_000;

    /// <inheritdoc/>
    public ValueTask<long> LastAsync(CancellationToken cancellationToken = default) => new(last.Value);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StreamSummary>> ListAsync(CancellationToken cancellationToken = default) =>
        state.ReadAsync(engine => engine.Streams.List(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StreamView?> FindAsync(string stream, CancellationToken cancellationToken = default) =>
        state.ReadAsync(engine => engine.Streams.Find(stream), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StreamAlert>> AlertsAsync(int maximum, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximum, MostAlerts);
        return state.ReadAsync(engine => engine.Streams.Alerts(maximum), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AlertEvent>> ReadAsync(long after, int maximum, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximum, MostAlerts);
        var durable = last.Value;
        return state.ReadAsync<IReadOnlyList<AlertEvent>>(
            engine => [.. engine.Streams.EventsAfter(after, maximum).TakeWhile(alert => alert.Number <= durable)], cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask WaitAsync(long after, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        return last.WaitAsync(after, cancellationToken);
    }
}
