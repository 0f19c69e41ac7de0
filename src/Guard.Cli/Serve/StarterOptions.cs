namespace Guard.Cli.Serve;

/// <summary>How the model is made with which a Guard begins that has none.</summary>
internal sealed record StarterOptions
{
    /// <summary>Gets the starter of a newcomer's Guard.</summary>
    public static StarterOptions Default { get; } = new();

    /// <summary>Gets a starter that decides somehow, for tests of everything but the decisions' quality.</summary>
    public static StarterOptions Small { get; } = new() { Clicks = 40_000, Epochs = 3, Maturity = TimeSpan.FromHours(3), Budget = .05 };

    /// <summary>Gets how many clicks are simulated.</summary>
    public long Clicks { get; init; } = 190_000;

    /// <summary>Gets the most passes over the training clicks.</summary>
    public int Epochs { get; init; } = 12;

    /// <summary>Gets how long a click's purchases are given to arrive. Simulated purchases come within days.</summary>
    public TimeSpan Maturity { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Gets the greatest share of purchasing clicks that may be invalidated.</summary>
    public double Budget { get; init; } = .01;

    /// <summary>Gets the seed: not that of the scenario, so that a newcomer who streams it sees decisions on clicks that the model did not learn from.</summary>
    public ulong Seed { get; init; } = 7_2026;
}
