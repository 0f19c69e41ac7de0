namespace Guard.Pictures;

/// <summary>Points of one colour, joined in order; a value that is not finite is a gap.</summary>
/// <param name="Name">What the legend says.</param>
/// <param name="X">The abscissae.</param>
/// <param name="Y">The ordinates, as many.</param>
public sealed record Series(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>Gets the lower edge of a band around the line, as many values as points.</summary>
    public IReadOnlyList<double>? Lower { get; init; }

    /// <summary>Gets the upper edge of a band around the line, as many values as points.</summary>
    public IReadOnlyList<double>? Upper { get; init; }

    /// <summary>Gets whether the line is dashed.</summary>
    public bool Dashed { get; init; }

    /// <summary>Gets whether each value holds until the next point.</summary>
    public bool Steps { get; init; }

    /// <summary>Gets the values that a pointer is told where they are not the ordinates, such as the parts of a stack.</summary>
    public IReadOnlyList<double>? Told { get; init; }

    /// <summary>Gets the colour, 0 to 7; by default the series' place in its chart.</summary>
    public int? Colour { get; init; }
}
