namespace Guard.Cluster.Torture;

/// <summary>How hard a torture is.</summary>
internal sealed record TortureSettings
{
    /// <summary>Gets how many silos a cluster has.</summary>
    public int Silos { get; init; } = 3;

    /// <summary>Gets how often a silo is killed.</summary>
    public int Kills { get; init; } = 20;

    /// <summary>Gets the greatest time of load between two faults.</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how long a silo may stay silent until others ask after it, as the silo's own setting.</summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets the seed of all that is random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Gets the folder of the silo's program.</summary>
    public string Program { get; init; } = AppContext.BaseDirectory;

    /// <summary>Gets the folder of the program that silos are upgraded to; <see langword="null"/> for a copy of <see cref="Program"/>.</summary>
    public string? Next { get; init; }

    /// <summary>Gets the trials to run, by name; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];
}
