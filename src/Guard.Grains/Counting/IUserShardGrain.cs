using Guard.Core.Counters;

namespace Guard.Grains.Counting;

/// <summary>The counters of a part of the users.</summary>
[Alias("guard.IUserShardGrain")]
public interface IUserShardGrain : IShardGrain
{
    /// <summary>Reads a user's counters without counting; <see langword="null"/> where the shard does not hold the user.</summary>
    [Alias("Read")]
    Task<UserCounters?> ReadAsync(ulong user);
}
