namespace Guard.Core.Estimation.Detection;

/// <summary>One episode of unusual values.</summary>
/// <param name="Start">When it started, in Unix milliseconds.</param>
/// <param name="Peak">When its evidence was greatest.</param>
/// <param name="End">When its last warm row came; null while it goes on.</param>
/// <param name="Score">The greatest anomaly score, in [0, 1].</param>
/// <param name="Expected">What was expected at the peak, in the dimension that contributed most.</param>
/// <param name="Observed">What came instead.</param>
/// <param name="Contributions">The dimensions that contributed most at the peak, at most three, the greatest first.</param>
public sealed record Alert(
    long Start, long Peak, long? End, double Score, double Expected, double Observed, IReadOnlyList<Contribution> Contributions);
