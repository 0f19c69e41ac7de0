namespace Guard.Grains.Estimating;

/// <summary>What an estimator knows.</summary>
/// <param name="Dimension">How many values a reading has; 0 before the first.</param>
/// <param name="Rows">The readings learned.</param>
/// <param name="Misfits">The readings left out, of another dimension or older than the newest.</param>
/// <param name="Alerting">Whether an alert is open.</param>
/// <param name="State">The stream's whole state, of which equal pasts make equal bytes.</param>
[GenerateSerializer]
[Immutable]
[Alias("guard.estimator-view")]
public sealed record EstimatorView(int Dimension, long Rows, long Misfits, bool Alerting, byte[] State);
