using Guard.Core.Calibration;
using Guard.Core.Scoring;

namespace Guard.Core.Hosting;

/// <summary>What decides at this moment.</summary>
/// <param name="Model">The model's card.</param>
/// <param name="Thresholds">The thresholds.</param>
/// <param name="Since">When the host took this pair up.</param>
/// <param name="Checked">When the host last found that no newer one is in force.</param>
/// <param name="Fault">Why a newer one could not be taken up, so that the last good one decides; <see langword="null"/> otherwise.</param>
/// <param name="AccessEntries">The entries of the allow and deny list.</param>
/// <param name="CrawlerPatterns">The patterns of the crawler list.</param>
public sealed record PolicyView(
    ModelCard Model, ThresholdSet Thresholds, DateTimeOffset Since, DateTimeOffset Checked, string? Fault, int AccessEntries, int CrawlerPatterns);
