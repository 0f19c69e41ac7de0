namespace Guard.Grains.Watching;

/// <summary>How one partition's traffic goes.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.partition-view")]
public sealed record PartitionView
{
    /// <summary>Gets the event time of the newest click in Unix milliseconds; <see cref="long.MinValue"/> before the first.</summary>
    [Id(0)]
    public required long Newest { get; init; }

    /// <summary>Gets what was counted since the partition's state began.</summary>
    [Id(1)]
    public required PartitionTotals Totals { get; init; }

    /// <summary>Gets the clicks decided a second, over the last ten seconds.</summary>
    [Id(2)]
    public required double ClicksPerSecond { get; init; }

    /// <summary>Gets the latencies of the last minutes, as pairs of bin and count.</summary>
    [Id(3)]
    public required long[] Latencies { get; init; }

    /// <summary>Gets when its state was saved last; <see langword="null"/> before the first time.</summary>
    [Id(4)]
    public required DateTimeOffset? Saved { get; init; }
}
