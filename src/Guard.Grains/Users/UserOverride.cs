namespace Guard.Grains.Users;

/// <summary>What a person decided about one user: it beats the model until it expires.</summary>
/// <param name="Allow">Whether the user's clicks are valid, or else invalid.</param>
/// <param name="Author">Who decided so.</param>
/// <param name="Reason">Why; a decision quotes it.</param>
/// <param name="Expires">When it ends, in event time.</param>
[GenerateSerializer]
[Immutable]
[Alias("guard.user-override")]
public sealed record UserOverride(bool Allow, string Author, string Reason, DateTimeOffset Expires);
