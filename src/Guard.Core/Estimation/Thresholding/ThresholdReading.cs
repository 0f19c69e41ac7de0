namespace Guard.Core.Estimation.Thresholding;

/// <summary>The decision on one score, with the set that it rests on.</summary>
/// <param name="Decision">Anomaly, benign or abstain.</param>
/// <param name="Lower">Least value that the quantile may have; negative infinity where nothing is known.</param>
/// <param name="Upper">Greatest value that the quantile may have; positive infinity where nothing is known.</param>
/// <param name="Change">
/// 0, or, when this score made the threshold restart, the length in samples of the recent window that disagreed with all before:
/// the change lies about that far back.
/// </param>
/// <param name="Suspicious">
/// Recent scores lie higher or lower than the sets allow, though not by enough for a restart; a decision that the suspected change would turn
/// into a mistake is then withheld.
/// </param>
/// <param name="OfflineSet">Index of the offline set that was pooled with the online scores, or −1.</param>
public readonly record struct ThresholdReading(
    ThresholdDecision Decision, double Lower, double Upper, int Change, bool Suspicious, int OfflineSet);
