namespace Guard.Engine.Shards;

/// <summary>How the shards of one machine are laid out.</summary>
public sealed record ShardOptions
{
    /// <summary>Gets the number of shards each of users, of entities and of user agents, in [1, 4096]. Default: 16.</summary>
    public int Shards { get; init; } = 16;

    /// <summary>Gets how many threads run shards, in [1, 256]. Default: the machine's processors.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Gets the most users with counters, over all shards. Default: 4,000,000.</summary>
    public int UserCapacity { get; init; } = 4_000_000;

    /// <summary>Gets the most entities with counters, over all shards. Default: 1,000,000.</summary>
    public int EntityCapacity { get; init; } = 1_000_000;

    /// <summary>Gets the most user agents with counters, over all shards. Default: 1,000,000.</summary>
    public int UserAgentCapacity { get; init; } = 1_000_000;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public void Validate()
    {
        ThrowUnlessWithin(Shards, 1, 4096, nameof(Shards));
        ThrowUnlessWithin(Workers, 1, 256, nameof(Workers));
        ThrowUnlessWithin(UserCapacity, Shards * 64, int.MaxValue, nameof(UserCapacity));
        ThrowUnlessWithin(EntityCapacity, Shards * 64, int.MaxValue, nameof(EntityCapacity));
        ThrowUnlessWithin(UserAgentCapacity, Shards * 64, int.MaxValue, nameof(UserAgentCapacity));
    }

    private static void ThrowUnlessWithin(int value, int minimum, int maximum, string name)
    {
        if (value < minimum || value > maximum)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; give a value from {minimum} to {maximum}.");
        }
    }
}
