namespace Guard.Grains.Counting;

/// <summary>The counters of a part of the entities.</summary>
[Alias("guard.IEntityShardGrain")]
public interface IEntityShardGrain : IShardGrain;
