using Orleans.Concurrency;

namespace Guard.Grains.Watching;

/// <summary>Tells of the cluster's slices in Guard's own streams, as partitions close their intervals. There is one in a cluster.</summary>
[Alias("guard.ISliceMetricsGrain")]
public interface ISliceMetricsGrain : IGrainWithStringKey
{
    /// <summary>The key of the one.</summary>
    const string Key = "slices";

    /// <summary>The number that its streams know it by, as they know partitions.</summary>
    const int Partition = -1;

    /// <summary>Asks every partition for intervals that are over, and gives the streams their readings.</summary>
    /// <returns>How many readings there were since the cluster's state began.</returns>
    [Alias("Pull")]
    Task<long> PullAsync();

    /// <summary>Gets how many readings there were since the cluster's state began.</summary>
    [Alias("Readings")]
    [AlwaysInterleave]
    Task<long> ReadingsAsync();
}
