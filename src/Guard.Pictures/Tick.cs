namespace Guard.Pictures;

/// <summary>A tick of an axis.</summary>
/// <param name="Value">The value.</param>
/// <param name="Label">The value as it is written.</param>
public sealed record Tick(double Value, string Label);
