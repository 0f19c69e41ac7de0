using Guard.Grains.Deciding;

namespace Guard.Grains.Watching;

/// <summary>A partition's traffic as it is saved: tallies and the last message that they hold, in one write.</summary>
[GenerateSerializer]
[Alias("guard.traffic-state")]
public sealed class TrafficState
{
    /// <summary>Gets or sets the last message whose segment is tallied; −1 before the first.</summary>
    [Id(0)]
    public long Last { get; set; } = -1;

    /// <summary>Gets or sets the tallies of slices; empty before the first save.</summary>
    [Id(1)]
    public byte[] Tallies { get; set; } = [];

    /// <summary>Gets or sets the clock of intervals.</summary>
    [Id(2)]
    public byte[] Clock { get; set; } = [];

    /// <summary>Gets or sets what was counted.</summary>
    [Id(3)]
    public PartitionTotals Totals { get; set; } = new();

    /// <summary>Gets or sets the newest rows in quarantine, oldest first.</summary>
    [Id(4)]
    public SegmentRejection[] Rejections { get; set; } = [];

    /// <summary>Gets or sets the sums of intervals that are over and not told of yet, oldest first.</summary>
    [Id(5)]
    public byte[][] Intervals { get; set; } = [];

    /// <summary>Gets or sets when the last message came in, in Unix milliseconds.</summary>
    [Id(7)]
    public long Arrived { get; set; }

    /// <summary>Gets or sets when it was saved.</summary>
    [Id(6)]
    public DateTimeOffset Saved { get; set; }
}
