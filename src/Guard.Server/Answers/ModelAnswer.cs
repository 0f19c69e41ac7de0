namespace Guard.Server.Answers;

/// <summary>A model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Kind">network, logistic or velocity.</param>
/// <param name="SpanStart">The first click that it learned from.</param>
/// <param name="SpanEnd">The last one.</param>
/// <param name="Clicks">How many they were.</param>
public sealed record ModelAnswer(string Name, string Version, string Kind, DateTimeOffset SpanStart, DateTimeOffset SpanEnd, int Clicks);
