namespace Guard.Grains.Counting;

/// <summary>The counters of a part of the user agents.</summary>
[Alias("guard.IUserAgentShardGrain")]
public interface IUserAgentShardGrain : IShardGrain;
