namespace Guard.Grains.Estimating;

/// <summary>Where an estimator stands in a partition.</summary>
/// <param name="Last">The last reading that it has seen.</param>
/// <param name="Durable">The last reading that is saved.</param>
/// <param name="Behind">Whether it was set back and learned nothing of the call.</param>
[GenerateSerializer]
[Immutable]
[Alias("guard.estimator-reply")]
public sealed record EstimatorReply(long Last, long Durable, bool Behind);
