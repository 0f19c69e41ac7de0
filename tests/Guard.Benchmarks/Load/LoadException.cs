namespace Guard.Benchmarks.Load;

/// <summary>A load cannot be run; the message is one line that says why.</summary>
internal sealed class LoadException(string message) : Exception(message);
