namespace Guard.Simulation.Experiments.Thresholding;

/// <summary>What one algorithm did in one setting.</summary>
/// <param name="Setting">Name of the setting.</param>
/// <param name="Algorithm">Name of the algorithm.</param>
/// <param name="Runs">Streams.</param>
/// <param name="AbstainedPercent">Abstentions, in percent of the scores.</param>
/// <param name="Mistakes">Mistakes a stream.</param>
/// <param name="FalseAlarms">Of them: anomalies called on what was none.</param>
/// <param name="Misses">Of them: anomalies called benign.</param>
/// <param name="CalledPercent">Anomalies that were called, in percent of all there were; most others were abstained on.</param>
/// <param name="Restarts">Declared changes a stream.</param>
/// <param name="StreamsWithMistakes">Streams with at least one mistake.</param>
/// <param name="Stored">Most values stored at once in any stream; 0 where not counted.</param>
/// <param name="RankError">Worst uncertainty of a stored rank in any stream, at its end.</param>
/// <param name="QuotedAbstentions">Published abstentions, or null.</param>
/// <param name="QuotedMistakes">Published mistakes, or null.</param>
public sealed record ThresholdResult(
    string Setting,
    string Algorithm,
    int Runs,
    Estimate AbstainedPercent,
    Estimate Mistakes,
    double FalseAlarms,
    double Misses,
    double CalledPercent,
    double Restarts,
    int StreamsWithMistakes,
    int Stored,
    long RankError,
    double? QuotedAbstentions,
    double? QuotedMistakes)
{
    /// <summary>Sums up one tally a stream.</summary>
    public static ThresholdResult Of(string setting, string algorithm, ThresholdTally[] tallies, double? quotedAbstentions, double? quotedMistakes) => new(
        setting,
        algorithm,
        tallies.Length,
        Estimate.Of([.. tallies.Select(static t => 100.0 * t.Abstentions / t.Scores)]),
        Estimate.Of([.. tallies.Select(static t => (double)t.Mistakes)]),
        tallies.Average(static t => t.FalseAlarms),
        tallies.Average(static t => t.Misses),
        100.0 * tallies.Sum(static t => (long)t.Called) / Math.Max(1, tallies.Sum(static t => (long)t.Anomalies)),
        tallies.Average(static t => t.Restarts),
        tallies.Count(static t => t.Mistakes > 0),
        tallies.Max(static t => t.Stored),
        tallies.Max(static t => t.RankError),
        quotedAbstentions,
        quotedMistakes);
}
