using Guard.Grains.Estimating;

namespace Guard.Grains.Watching;

/// <summary>Guard's own slice metrics as they are saved: what partitions told, what was made of it, and what the streams do not have yet, in one write.</summary>
[GenerateSerializer]
[Alias("guard.slice-metrics-state")]
public sealed class SliceMetricsState
{
    /// <summary>Gets or sets the metrics; empty before the first save.</summary>
    [Id(0)]
    public byte[] Metrics { get; set; } = [];

    /// <summary>Gets or sets what each partition told, by its number.</summary>
    [Id(1)]
    public Dictionary<string, ToldIntervals> Partitions { get; set; } = [];

    /// <summary>Gets or sets the last interval that was told of; −1 before the first.</summary>
    [Id(2)]
    public long Closed { get; set; } = -1;

    /// <summary>Gets or sets how many readings there were.</summary>
    [Id(3)]
    public long Readings { get; set; }

    /// <summary>Gets or sets the readings that streams may not have saved yet, by stream.</summary>
    [Id(4)]
    public Dictionary<string, List<StreamRow>> Outbox { get; set; } = [];
}
