namespace Guard.Core.Hosting;

/// <summary>The telemetry streams that a host watches, and their alerts. Safe for concurrent use.</summary>
public interface IStreams
{
    /// <summary>Lists the streams by name; Guard's own metrics are streams whose names begin with <c>guard.</c></summary>
    ValueTask<IReadOnlyList<StreamSummary>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Finds a stream with its recent readings and alerts, or gets <see langword="null"/>.</summary>
    ValueTask<StreamView?> FindAsync(string stream, CancellationToken cancellationToken = default);

    /// <summary>Lists alerts of all streams, newest first.</summary>
    /// <param name="maximum">The greatest number, in [1, 1,000].</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask<IReadOnlyList<StreamAlert>> AlertsAsync(int maximum, CancellationToken cancellationToken = default);
}
