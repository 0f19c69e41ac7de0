namespace Guard.Core.Estimation.Fitness;

/// <summary>A detector that learns from a batch of points and then scores single ones.</summary>
public interface IOfflineDetector
{
    /// <summary>Numbers of a point.</summary>
    int Dimension { get; }

    /// <summary>Learns from points, forgetting all learned before.</summary>
    /// <param name="rows">Finite numbers, one point after the other, in time order; at least one point.</param>
    void Fit(ReadOnlySpan<double> rows);

    /// <summary>Adjusts what <see cref="Fit"/> learned to a few points, instead of the points of any earlier call.</summary>
    /// <param name="rows">Finite numbers, one point after the other, in time order; at least one point.</param>
    void FineTune(ReadOnlySpan<double> rows);

    /// <summary>How anomalous a point is; higher is more so. At least 0 and finite.</summary>
    double Score(ReadOnlySpan<double> point);
}
