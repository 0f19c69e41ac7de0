namespace Guard.Pictures;

/// <summary>What a pointer over a column of a chart shows.</summary>
/// <param name="From">Where the column begins, in pixels.</param>
/// <param name="Width">How wide it is, in pixels.</param>
/// <param name="Text">The text, a line a value.</param>
public sealed record Tip(double From, double Width, string Text)
{
    private const int Most = 240;

    /// <summary>Makes the columns of the values at each abscissa of the first line, or at every so manieth where there are too many to point at.</summary>
    /// <param name="lines">The lines; those with other abscissae than the first tell nothing.</param>
    /// <param name="plot">The plane.</param>
    public static IReadOnlyList<Tip> Of(IReadOnlyList<Series> lines, Plot plot)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(plot);
        if (lines.Count == 0 || lines[0].X.Count == 0)
        {
            return [];
        }

        var x = lines[0].X;
        var step = (x.Count + Most - 1) / Most;
        var tips = new List<Tip>(Most);
        for (var index = (x.Count - 1) % step; index < x.Count; index += step)
        {
            var at = plot.AtX(x[index]);
            var from = index < step ? Plot.Left : (plot.AtX(x[index - step]) + at) / 2;
            var to = index == x.Count - 1 ? plot.Right : (at + plot.AtX(x[index + step])) / 2;
            var values = lines
                .Where(line => line.X.Count == x.Count && double.IsFinite(line.Y[index]))
                .Select(line => $"{line.Name}: {plot.Y.Write(line.Told?[index] ?? line.Y[index])}{BandOf(line, index, plot.Y)}");
            tips.Add(new Tip(from, Math.Max(0, to - from), string.Join('\n', values.Prepend(plot.X.Write(x[index])))));
        }

        return tips;
    }

    private static string BandOf(Series line, int index, Scale y) =>
        line is { Lower: { } lower, Upper: { } upper, Told: null } && double.IsFinite(lower[index]) && double.IsFinite(upper[index])
            ? $" [{y.Write(lower[index])}, {y.Write(upper[index])}]"
            : "";
}
