namespace Guard.Grains.Estimating;

/// <summary>One reading of a stream on its way to the estimator.</summary>
/// <param name="Sequence">The reading's number among its partition's, from 1.</param>
/// <param name="Time">When it was read, in Unix milliseconds.</param>
/// <param name="Values">One value a dimension, NaN where missing.</param>
[GenerateSerializer]
[Immutable]
[Alias("guard.stream-row")]
public sealed record StreamRow(long Sequence, long Time, double[] Values);
