namespace Guard.Server.Answers;

/// <summary>Alerts of all streams, newest first.</summary>
/// <param name="Alerts">The alerts.</param>
public sealed record AlertsAnswer(IReadOnlyList<AlertAnswer> Alerts);
