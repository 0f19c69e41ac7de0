namespace Guard.Grains;

/// <summary>How long decisions are kept, and how they are brought together. The defaults are Guard's own.</summary>
public sealed record KeptDecisionsOptions
{
    /// <summary>Gets or sets the age from which decisions are deleted, from 1 h to 10 years. Default: 30 days. Calibration reads those of its span and maturity.</summary>
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Gets or sets the size of all decisions from which the oldest are deleted, in bytes, at least 1 MiB. Default: 256 GiB.</summary>
    public long KeepBytes { get; set; } = 256L << 30;

    /// <summary>Gets or sets about how many decisions one artifact holds once they are compacted, in [16, 1,000,000]. Default: 32,768. Whoever reads one of them reads all.</summary>
    public int ChunkDecisions { get; set; } = 32_768;

    /// <summary>Gets or sets how old decisions are when they are compacted, in [0, 1 day]. Default: 1 min, by which readers who follow have read them one by one.</summary>
    public TimeSpan CompactAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how often the index looks what is to be compacted, deleted or was not told to it, from 100 ms to 1 h. Default: 10 s.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the bytes of compacted decisions that a silo keeps in memory for its readers, at least 1 MiB. Default: 128 MiB.</summary>
    public long CacheBytes { get; set; } = 128L << 20;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        Require(KeepFor >= TimeSpan.FromHours(1) && KeepFor <= TimeSpan.FromDays(3653), nameof(KeepFor), "1 h to 10 years");
        Require(KeepBytes >= 1 << 20, nameof(KeepBytes), "1 MiB or more");
        Require(ChunkDecisions is >= 16 and <= 1_000_000, nameof(ChunkDecisions), "16 to 1,000,000");
        Require(CompactAfter >= TimeSpan.Zero && CompactAfter <= TimeSpan.FromDays(1), nameof(CompactAfter), "0 to 1 day");
        Require(LookEvery >= TimeSpan.FromMilliseconds(100) && LookEvery <= TimeSpan.FromHours(1), nameof(LookEvery), "100 ms to 1 h");
        Require(CacheBytes >= 1 << 20, nameof(CacheBytes), "1 MiB or more");
    }

    private static void Require(bool valid, string name, string range)
    {
        if (!valid)
        {
            throw new ArgumentException($"The option {name} of kept decisions is out of range: give {range}.", name);
        }
    }
}
