namespace Guard.Grains.Counting;

/// <summary>What a shard holds.</summary>
/// <param name="Keys">How many keys have counters.</param>
/// <param name="MemoryBytes">The bytes that they take.</param>
/// <param name="ForcedEvictions">How often a key that was not idle gave way, because the shard was full.</param>
/// <param name="Writes">How often this activation saved its state.</param>
[GenerateSerializer]
[Immutable]
[Alias("guard.shard-status")]
public sealed record ShardStatus(long Keys, long MemoryBytes, long ForcedEvictions, long Writes);
