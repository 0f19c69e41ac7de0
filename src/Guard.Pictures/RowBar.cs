namespace Guard.Pictures;

/// <summary>One bar of a <see cref="RowBars"/>.</summary>
/// <param name="Name">What stands left of it.</param>
/// <param name="Value">Its length, to the left where negative.</param>
/// <param name="Written">The value as it is written at its end, with its unit.</param>
/// <param name="Colour">The colour, 0 to 7.</param>
public sealed record RowBar(string Name, double Value, string Written, int Colour = 0)
{
    /// <summary>Gets what a pointer over it shows; the name and value where empty.</summary>
    public string Detail { get; init; } = "";
}
