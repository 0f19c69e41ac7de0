namespace Guard.Pictures;

/// <summary>A point that a chart singles out.</summary>
/// <param name="X">The abscissa.</param>
/// <param name="Y">The ordinate; NaN for a line across the whole height.</param>
/// <param name="Label">What is written beside it.</param>
/// <param name="Colour">The colour, 0 to 7.</param>
public sealed record Mark(double X, double Y, string Label, int Colour = 0);
