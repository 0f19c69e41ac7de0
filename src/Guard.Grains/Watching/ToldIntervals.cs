namespace Guard.Grains.Watching;

/// <summary>What a partition told of its intervals.</summary>
[GenerateSerializer]
[Alias("guard.told-intervals")]
public sealed class ToldIntervals
{
    /// <summary>Gets or sets whether the partition had a click.</summary>
    [Id(0)]
    public bool Begun { get; set; }

    /// <summary>Gets or sets the last interval that it told; −1 before the first.</summary>
    [Id(1)]
    public long Last { get; set; } = -1;

    /// <summary>Gets or sets the first interval that it has not told.</summary>
    [Id(2)]
    public long Next { get; set; }

    /// <summary>Gets or sets the sums of intervals that others have not told yet, oldest first.</summary>
    [Id(3)]
    public List<byte[]> Waiting { get; set; } = [];

    /// <summary>Gets or sets the newest sums that were used: they hold its purchases up to then.</summary>
    [Id(4)]
    public byte[] Used { get; set; } = [];
}
