namespace Guard.Core.Estimation.Thresholding;

/// <summary>What a threshold says of one score.</summary>
public enum ThresholdDecision
{
    /// <summary>The score is surely at or below the wanted quantile.</summary>
    Benign,

    /// <summary>What was seen so far does not settle on which side of the quantile the score lies.</summary>
    Abstain,

    /// <summary>The score is surely above the wanted quantile.</summary>
    Anomaly,
}
