namespace Guard.Cli.Torture;

/// <summary>A trial needs what this machine does not give; the message says what.</summary>
internal sealed class TrialSkippedException(string message) : Exception(message);
