namespace Guard.Cli.Torture;

/// <summary>How hard a torture is.</summary>
internal sealed record TortureOptions
{
    /// <summary>Gets how often the server is killed.</summary>
    public int Kills { get; init; } = 100;

    /// <summary>Gets how often the power is cut.</summary>
    public int Cuts { get; init; } = 20;

    /// <summary>Gets how many malformed events are sent.</summary>
    public int Malformed { get; init; } = 1_000_000;

    /// <summary>Gets the greatest time between the server's being ready and its kill or power cut.</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets how many clients stall at a time.</summary>
    public int SlowClients { get; init; } = 200;

    /// <summary>Gets the size of the disk that fills.</summary>
    public int DiskMegabytes { get; init; } = 48;

    /// <summary>Gets the seed of all that is random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Gets the trials to run, by name; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];
}
