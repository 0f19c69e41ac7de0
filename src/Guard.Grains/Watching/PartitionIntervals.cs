namespace Guard.Grains.Watching;

/// <summary>Intervals that are over in a partition.</summary>
/// <param name="Begun">Whether the partition had a click.</param>
/// <param name="Next">The first interval that is not over, or not given here.</param>
/// <param name="Sums">The sums, as <see cref="Core.Watching.Slices.IntervalSums.ToBytes"/> writes them, in order.</param>
[GenerateSerializer]
[Immutable]
[Alias("guard.partition-intervals")]
public sealed record PartitionIntervals(bool Begun, long Next, byte[][] Sums);
