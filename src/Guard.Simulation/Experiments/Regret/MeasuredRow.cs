namespace Guard.Simulation.Experiments.Regret;

/// <summary>One measured number beside the one that theory or an earlier measurement gives.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Measured">The mean over runs.</param>
/// <param name="StandardError">Its standard error; null for one run.</param>
/// <param name="Reference">The number to compare with, or null.</param>
public sealed record MeasuredRow(string Name, double Measured, double? StandardError, double? Reference)
{
    /// <summary>Averages the values of runs.</summary>
    public static MeasuredRow Of(string name, IReadOnlyCollection<double> values, double? reference)
    {
        var mean = values.Average();
        double? spread = values.Count < 2 ? null : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1) / values.Count);
        return new MeasuredRow(name, mean, spread, reference);
    }
}
