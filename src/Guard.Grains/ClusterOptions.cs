namespace Guard.Grains;

/// <summary>How the shards and partitions of a cluster are laid out and saved. The defaults are Guard's own.</summary>
public sealed record ClusterOptions
{
    /// <summary>Gets or sets the number of shards each of users, of entities and of user agents, in [1, 4096]. Default: 64. It names the state: another number starts with empty counters.</summary>
    public int Shards { get; set; } = 64;

    /// <summary>Gets or sets the most users with counters, over all shards. Default: 16,000,000.</summary>
    public int UserCapacity { get; set; } = 16_000_000;

    /// <summary>Gets or sets the most entities with counters, over all shards. Default: 4,000,000.</summary>
    public int EntityCapacity { get; set; } = 4_000_000;

    /// <summary>Gets or sets the most user agents with counters, over all shards. Default: 1,000,000.</summary>
    public int UserAgentCapacity { get; set; } = 1_000_000;

    /// <summary>Gets or sets how often a partition moves its committed position, which saves the shards it touched, from 1 s to 10 min. Default: 10 s.</summary>
    public TimeSpan CommitEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the longest that a shard keeps changes unsaved where no partition asks it to save, from 1 s to 1 h. Default: 1 min.</summary>
    public TimeSpan SaveEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how long a partition goes on trying a shard or a store before it starts again from its committed position, from 1 s to 10 min. Default: 1 min.</summary>
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets the partitions that take events in over HTTP, in [1, 256]. One keeps all events in one order; several take more in, and a user's events keep theirs. Default: 1.</summary>
    public int HttpPartitions { get; set; } = 1;

    /// <summary>Gets or sets the bytes of events sent to a silo that may wait there, in [1 MiB, 64 GiB]; who sends more is told to come again. Default: 64 MiB.</summary>
    public long WaitingBytes { get; set; } = 64L << 20;

    /// <summary>Gets or sets how long rejected events are kept, which hold personal data in the clear, from 1 day to 10 years; they go by the day in which they came, in UTC. Default: 14 days.</summary>
    public TimeSpan KeepQuarantineFor { get; set; } = TimeSpan.FromDays(14);

    /// <summary>Gets or sets how events are taken in, the duplicate window among it; the window is saved with every committed position, at 32 to 64 bytes an event.</summary>
    public Core.Clicks.IntakeOptions Intake { get; set; } = new() { DuplicateCapacity = 100_000 };

    /// <summary>Gets or sets how much is remembered of traffic and streams.</summary>
    public WatchingOptions Watching { get; set; } = new();

    /// <summary>Gets or sets how long decisions are kept, and how they are brought together.</summary>
    public KeptDecisionsOptions Decisions { get; set; } = new();

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        Require(Shards is >= 1 and <= 4096, nameof(Shards), "1 to 4096");
        Require(UserCapacity >= Shards * 64, nameof(UserCapacity), "64 a shard or more");
        Require(EntityCapacity >= Shards * 64, nameof(EntityCapacity), "64 a shard or more");
        Require(UserAgentCapacity >= Shards * 64, nameof(UserAgentCapacity), "64 a shard or more");
        Require(CommitEvery >= TimeSpan.FromSeconds(1) && CommitEvery <= TimeSpan.FromMinutes(10), nameof(CommitEvery), "1 s to 10 min");
        Require(SaveEvery >= TimeSpan.FromSeconds(1) && SaveEvery <= TimeSpan.FromHours(1), nameof(SaveEvery), "1 s to 1 h");
        Require(RetryFor >= TimeSpan.FromSeconds(1) && RetryFor <= TimeSpan.FromMinutes(10), nameof(RetryFor), "1 s to 10 min");
        Require(HttpPartitions is >= 1 and <= 256, nameof(HttpPartitions), "1 to 256");
        Require(WaitingBytes is >= 1 << 20 and <= 64L << 30, nameof(WaitingBytes), "1 MiB to 64 GiB");
        Require(KeepQuarantineFor >= TimeSpan.FromDays(1) && KeepQuarantineFor <= TimeSpan.FromDays(3653), nameof(KeepQuarantineFor), "1 day to 10 years");
        Intake.Validate();
        Decisions.Validate();
        Watching.Validate();
    }

    private static void Require(bool valid, string name, string range)
    {
        if (!valid)
        {
            throw new ArgumentException($"The cluster option {name} is out of range: give {range}.", name);
        }
    }
}
