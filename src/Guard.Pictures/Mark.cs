namespace Guard.Pictures;

/// <summary>A point that a chart singles out.</summary>
/// <param name="X">The abscissa.</param>
/// <param name="Y">The ordinate; NaN for a line across the whole height.</param>
/// <param name="Label">What a pointer over it shows, and what is written beside it unless <see cref="Quiet"/>.</param>
/// <param name="Colour">The colour, 0 to 7.</param>
public sealed record Mark(double X, double Y, string Label, int Colour = 0)
{
    /// <summary>Gets whether the label stands below the point, out of the way of a curve that rises to the right.</summary>
    public bool Below { get; init; }

    /// <summary>Gets whether only the outline is drawn.</summary>
    public bool Hollow { get; init; }

    /// <summary>Gets whether the label is left out of the picture, where many marks crowd.</summary>
    public bool Quiet { get; init; }
}
