namespace Guard.Simulation.Experiments.Thresholding;

/// <summary>A stretch of a stream whose scores are independent draws from one normal distribution.</summary>
/// <param name="Length">Number of scores.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation.</param>
public sealed record ScoreSegment(int Length, double Mean, double Deviation)
{
    /// <summary>Draws a score.</summary>
    public double Draw(SeededNoise noise) => Mean + (Deviation * noise.Gaussian());

    /// <summary>The true quantile at a level.</summary>
    public double Quantile(double level) => MathNet.Numerics.Distributions.Normal.InvCDF(Mean, Deviation, level);
}
