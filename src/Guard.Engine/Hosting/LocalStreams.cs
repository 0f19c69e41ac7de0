using Guard.Core.Hosting;

namespace Guard.Engine.Hosting;

/// <summary>Reads the telemetry streams.</summary>
internal sealed class LocalStreams(StateAccess state) : IStreams
{
    private const int MostAlerts = 1_000;

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
}
