namespace Guard.Server.Answers;

/// <summary>What decides at this moment.</summary>
/// <param name="Model">The model.</param>
/// <param name="Thresholds">The thresholds.</param>
/// <param name="Since">When this pair was taken up.</param>
/// <param name="Checked">When the host last found that no newer one is in force.</param>
/// <param name="Fault">Why a newer one could not be taken up.</param>
/// <param name="AccessEntries">The entries of the allow and deny list.</param>
/// <param name="CrawlerPatterns">The patterns of the crawler list.</param>
public sealed record PolicyAnswer(
    ModelAnswer Model,
    ThresholdsAnswer Thresholds,
    DateTimeOffset Since,
    DateTimeOffset Checked,
    string? Fault,
    int AccessEntries,
    int CrawlerPatterns);
