namespace Guard.Pictures;

/// <summary>A stretch of the x axis that a chart shades across its whole height, such as an alert.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Label">What a pointer over it shows.</param>
/// <param name="Colour">The colour, 0 to 7.</param>
public sealed record Zone(double From, double To, string Label, int Colour = 1);
