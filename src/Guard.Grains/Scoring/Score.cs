namespace Guard.Grains.Scoring;

/// <summary>What a click would be decided as at this moment.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.score")]
public sealed record Score
{
    /// <summary>Gets whether the click is valid.</summary>
    [Id(0)]
    public required bool Valid { get; init; }

    /// <summary>Gets the model's score in [0, 1].</summary>
    [Id(1)]
    public required float Value { get; init; }

    /// <summary>Gets the threshold of the click's slice.</summary>
    [Id(2)]
    public required float Threshold { get; init; }

    /// <summary>Gets the click's slice.</summary>
    [Id(3)]
    public required string Slice { get; init; }

    /// <summary>Gets the version of the model.</summary>
    [Id(4)]
    public required string Model { get; init; }

    /// <summary>Gets the version of the thresholds.</summary>
    [Id(5)]
    public required string Thresholds { get; init; }

    /// <summary>Gets how long ago the silo last knew that nothing newer is in force.</summary>
    [Id(6)]
    public required TimeSpan Age { get; init; }
}
