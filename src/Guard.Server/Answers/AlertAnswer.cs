namespace Guard.Server.Answers;

/// <summary>One episode of unusual values.</summary>
/// <param name="Id">Its stable id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Start">When it started.</param>
/// <param name="Peak">When its evidence was greatest.</param>
/// <param name="End">When its last row came; null while it goes on.</param>
/// <param name="Score">The greatest anomaly score, in [0, 1].</param>
/// <param name="Expected">What was expected at the peak.</param>
/// <param name="Observed">What came instead.</param>
/// <param name="Contributions">The dimensions that contributed most.</param>
public sealed record AlertAnswer(
    string Id,
    long Number,
    string Stream,
    DateTimeOffset Start,
    DateTimeOffset Peak,
    DateTimeOffset? End,
    double Score,
    double? Expected,
    double? Observed,
    IReadOnlyList<ContributionAnswer> Contributions);
