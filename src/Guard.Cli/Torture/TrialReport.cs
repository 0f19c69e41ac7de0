namespace Guard.Cli.Torture;

/// <summary>What one trial tried and found.</summary>
/// <param name="Trial">Its name.</param>
/// <param name="Tried">What was done, with figures, in a sentence.</param>
/// <param name="Found">What is wrong; empty where nothing is.</param>
/// <param name="Skipped">Why the trial cannot run here; <see langword="null"/> where it ran.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record TrialReport(string Trial, string Tried, IReadOnlyList<string> Found, string? Skipped = null, double Seconds = 0);
