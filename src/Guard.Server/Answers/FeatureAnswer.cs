namespace Guard.Server.Answers;

/// <summary>One input of the model.</summary>
/// <param name="Name">Its name, such as user.clicks.24h.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Value">Its value for this click.</param>
/// <param name="Description">What it says.</param>
public sealed record FeatureAnswer(string Name, string Unit, float Value, string Description);
