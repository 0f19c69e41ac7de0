using Guard.Core.Hosting;
using Guard.Core.Watching.Slices;
using Guard.Grains.Counting;

namespace Guard.Grains.Watching;

/// <summary>The course of a slice in one partition, on its way between silos.</summary>
/// <param name="Newest">The event time at which it ends.</param>
/// <param name="Tallies">Its tallies, packed.</param>
/// <param name="Scores">Its histograms, packed.</param>
[GenerateSerializer]
[Immutable]
[Alias("guard.partition-course")]
public sealed record PartitionCourse(long Newest, byte[] Tallies, byte[] Scores)
{
    internal static PartitionCourse Of(CourseSums sums) => new(sums.Newest, RowBytes.Of(sums.Tallies), RowBytes.Of(sums.Scores));

    internal CourseSums ToSums() => CourseSums.Of(Newest, RowBytes.Read<TrafficTally>(Tallies), RowBytes.Read<long>(Scores));
}
