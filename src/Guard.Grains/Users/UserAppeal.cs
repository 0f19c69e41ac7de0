namespace Guard.Grains.Users;

/// <summary>An objection to a decision.</summary>
/// <param name="ClickId">The click that it is about.</param>
/// <param name="Text">What it says.</param>
/// <param name="Received">When it came.</param>
[GenerateSerializer]
[Immutable]
[Alias("guard.user-appeal")]
public sealed record UserAppeal(string ClickId, string Text, DateTimeOffset Received);
