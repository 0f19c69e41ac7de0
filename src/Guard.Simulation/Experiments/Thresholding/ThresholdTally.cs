using Guard.Core.Estimation.Thresholding;

namespace Guard.Simulation.Experiments.Thresholding;

/// <summary>Decisions of one stream, against the truth.</summary>
public record struct ThresholdTally
{
    /// <summary>Scores seen.</summary>
    public int Scores { get; private set; }

    /// <summary>Abstentions.</summary>
    public int Abstentions { get; private set; }

    /// <summary>Anomalies called on what was none.</summary>
    public int FalseAlarms { get; private set; }

    /// <summary>Anomalies called benign.</summary>
    public int Misses { get; private set; }

    /// <summary>Anomalies there were.</summary>
    public int Anomalies { get; private set; }

    /// <summary>Of them, those that were called.</summary>
    public int Called { get; private set; }

    /// <summary>Restarts after a declared change.</summary>
    public int Restarts { get; set; }

    /// <summary>Most values that were stored at once.</summary>
    public int Stored { get; set; }

    /// <summary>Worst uncertainty of a stored rank at the end.</summary>
    public long RankError { get; set; }

    /// <summary>False alarms and misses.</summary>
    public readonly int Mistakes => FalseAlarms + Misses;

    /// <summary>Counts one decision.</summary>
    public void Add(ThresholdDecision decision, bool anomalous)
    {
        Scores++;
        Anomalies += anomalous ? 1 : 0;
        Called += decision == ThresholdDecision.Anomaly && anomalous ? 1 : 0;
        Abstentions += decision == ThresholdDecision.Abstain ? 1 : 0;
        FalseAlarms += decision == ThresholdDecision.Anomaly && !anomalous ? 1 : 0;
        Misses += decision == ThresholdDecision.Benign && anomalous ? 1 : 0;
    }
}
