using System.Globalization;
using System.Text;

namespace Guard.Pictures;

/// <summary>The plane of a chart: where values lie in its picture, in pixels of the view box.</summary>
public sealed class Plot
{
    /// <summary>The width of a picture that nobody gave another.</summary>
    public const double UsualWidth = 720;

    /// <summary>The room left of the plane, for the ticks and the label of the y axis.</summary>
    public const double Left = 68;

    /// <summary>The room right of the plane, for half of the last tick.</summary>
    public const double RightMargin = 18;

    /// <summary>The plane's top edge.</summary>
    public const double Top = 10;

    private const double BelowPlane = 46;

    /// <summary>Initialises a plane.</summary>
    /// <param name="x">The horizontal scale.</param>
    /// <param name="y">The vertical scale.</param>
    /// <param name="height">The picture's height.</param>
    /// <param name="width">The picture's width: the narrower, the larger its text where it is shown.</param>
    public Plot(Scale x, Scale y, double height, double width = UsualWidth)
    {
        (X, Y, Height, Width) = (x, y, height, width);
    }

    /// <summary>Gets the horizontal scale.</summary>
    public Scale X { get; }

    /// <summary>Gets the vertical scale.</summary>
    public Scale Y { get; }

    /// <summary>Gets the picture's height.</summary>
    public double Height { get; }

    /// <summary>Gets the picture's width.</summary>
    public double Width { get; }

    /// <summary>Gets the plane's right edge.</summary>
    public double Right => Width - RightMargin;

    /// <summary>Gets the plane's bottom edge.</summary>
    public double Bottom => Height - BelowPlane;

    /// <summary>Gets the pixel of an abscissa.</summary>
    public double AtX(double value) => Left + X.Map(value) * (Right - Left);

    /// <summary>Gets the pixel of an ordinate.</summary>
    public double AtY(double value) => Bottom - Y.Map(value) * (Bottom - Top);

    /// <summary>Writes a pixel with one decimal.</summary>
    public static string Pixel(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Gets the SVG path of a line; a long one keeps each pixel column's first, least, greatest and last point.</summary>
    public string Line(IReadOnlyList<double> x, IReadOnlyList<double> y, bool steps = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var path = new StringBuilder();
        var pen = false;
        var last = 0.0;
        foreach (var index in Thin(x, y))
        {
            var (px, py) = (AtX(x[index]), AtY(y[index]));
            if (!double.IsFinite(px) || !double.IsFinite(py))
            {
                pen = false;
                continue;
            }

            if (pen && steps)
            {
                path.Append('L').Append(Pixel(px)).Append(' ').Append(Pixel(last));
            }

            path.Append(pen ? 'L' : 'M').Append(Pixel(px)).Append(' ').Append(Pixel(py));
            (pen, last) = (true, py);
        }

        return path.ToString();
    }

    /// <summary>Gets the SVG path of the area between two lines over the same abscissae.</summary>
    public string Band(IReadOnlyList<double> x, IReadOnlyList<double> lower, IReadOnlyList<double> upper)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(lower);
        ArgumentNullException.ThrowIfNull(upper);
        var path = new StringBuilder();
        for (var start = 0; start < x.Count; start++)
        {
            var end = start;
            while (end < x.Count && double.IsFinite(AtY(lower[end])) && double.IsFinite(AtY(upper[end])) && double.IsFinite(AtX(x[end])))
            {
                end++;
            }

            if (end - start > 1)
            {
                var kept = Thin(x, upper, start, end).ToArray();
                path.Append('M').AppendJoin('L', kept.Select(index => $"{Pixel(AtX(x[index]))} {Pixel(AtY(upper[index]))}"))
                    .Append('L').AppendJoin('L', kept.Reverse().Select(index => $"{Pixel(AtX(x[index]))} {Pixel(AtY(lower[index]))}"))
                    .Append('Z');
            }

            start = end;
        }

        return path.ToString();
    }

    private IEnumerable<int> Thin(IReadOnlyList<double> x, IReadOnlyList<double> y) => Thin(x, y, 0, x.Count);

    private IEnumerable<int> Thin(IReadOnlyList<double> x, IReadOnlyList<double> y, int start, int end)
    {
        if (end - start <= 4 * (Right - Left))
        {
            for (var index = start; index < end; index++)
            {
                yield return index;
            }

            yield break;
        }

        for (var index = start; index < end;)
        {
            var column = Math.Floor(AtX(x[index]));
            var (least, greatest, next) = (index, index, index);
            while (next < end && (Math.Floor(AtX(x[next])) == column || !double.IsFinite(AtX(x[next]))))
            {
                least = y[next] < y[least] ? next : least;
                greatest = y[next] > y[greatest] ? next : greatest;
                next++;
            }

            foreach (var kept in new SortedSet<int> { index, least, greatest, next - 1 })
            {
                yield return kept;
            }

            index = next;
        }
    }
}
