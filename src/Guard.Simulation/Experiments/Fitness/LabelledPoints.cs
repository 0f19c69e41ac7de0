namespace Guard.Simulation.Experiments.Fitness;

/// <summary>Points in time order, some of them anomalies.</summary>
/// <param name="Name">What the set is called.</param>
/// <param name="Dimension">Numbers of a point.</param>
/// <param name="Values">The points, one after the other.</param>
/// <param name="Anomalous">Whether each point is an anomaly.</param>
/// <param name="Offline">Points at the start that offline detectors are fitted on and that are not scored.</param>
public sealed record LabelledPoints(string Name, int Dimension, double[] Values, bool[] Anomalous, int Offline)
{
    /// <summary>Number of points.</summary>
    public int Count => Anomalous.Length;

    /// <summary>One point.</summary>
    public ReadOnlySpan<double> Point(int index) => Values.AsSpan(index * Dimension, Dimension);
}
