namespace Guard.Cli.Processes;

/// <summary>A server that was started is not there; the message says how it ended.</summary>
internal sealed class ServerGoneException(string message) : Exception(message);
