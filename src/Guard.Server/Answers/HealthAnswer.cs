namespace Guard.Server.Answers;

/// <summary>Whether the server is fit.</summary>
/// <param name="Status">ready or live.</param>
public sealed record HealthAnswer(string Status);
