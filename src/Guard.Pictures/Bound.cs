namespace Guard.Pictures;

/// <summary>A value of the y axis that a chart marks across its whole width, such as a limit.</summary>
/// <param name="Value">The value.</param>
/// <param name="Label">What is written on the line.</param>
/// <param name="Colour">The colour, 0 to 7.</param>
public sealed record Bound(double Value, string Label, int Colour = 7);
