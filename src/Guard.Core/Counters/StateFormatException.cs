namespace Guard.Core.Counters;

/// <summary>A saved block of state is damaged, cut short, of another kind, or of a version that this build does not read.</summary>
/// <param name="message">What is wrong, in one line.</param>
public sealed class StateFormatException(string message) : Exception(message);
