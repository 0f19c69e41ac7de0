namespace Guard.Grains.Counting;

/// <summary>The last click that a partition gave each shard of each kind.</summary>
[GenerateSerializer]
[Alias("guard.given-clicks")]
public sealed class GivenClicks
{
    /// <summary>Gets or sets the numbers for the shards of users.</summary>
    [Id(0)]
    public long[] Users { get; set; } = [];

    /// <summary>Gets or sets the numbers for the shards of entities.</summary>
    [Id(1)]
    public long[] Entities { get; set; } = [];

    /// <summary>Gets or sets the numbers for the shards of user agents.</summary>
    [Id(2)]
    public long[] UserAgents { get; set; } = [];
}
