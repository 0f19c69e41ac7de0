using System.Globalization;

namespace Guard.Pictures;

/// <summary>Maps values of an axis to [0, 1] and places its ticks at round values.</summary>
public sealed class Scale
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;
    private static readonly long[] s_timeSteps =
        [1000, 5000, 15_000, Minute, 5 * Minute, 15 * Minute, Hour, 3 * Hour, 6 * Hour, 12 * Hour, Day, 2 * Day, 7 * Day, 14 * Day, 28 * Day, 91 * Day, 364 * Day];

    private readonly AxisKind _kind;

    /// <summary>Makes the scale of an axis for the data that it shall show.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="values">The data; what is not finite, or not positive on a logarithmic axis, does not count.</param>
    public Scale(Axis axis, IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(axis);
        _kind = axis.Kind;
        var minimum = double.PositiveInfinity;
        var maximum = double.NegativeInfinity;
        foreach (var value in values)
        {
            if (double.IsFinite(value) && (_kind != AxisKind.Logarithm || value > 0))
            {
                minimum = Math.Min(minimum, value);
                maximum = Math.Max(maximum, value);
            }
        }

        minimum = axis.Minimum ?? (double.IsFinite(minimum) ? minimum : _kind == AxisKind.Logarithm ? 1 : 0);
        maximum = axis.Maximum ?? (double.IsFinite(maximum) ? maximum : minimum + 1);
        if (maximum <= minimum)
        {
            var half = minimum == 0 ? 1 : Math.Abs(minimum) * .1;
            (minimum, maximum) = _kind == AxisKind.Logarithm ? (minimum / 2, minimum * 2) : (axis.Minimum ?? minimum - half, minimum + half);
        }

        (Minimum, Maximum) = (minimum, maximum);
    }

    /// <summary>Gets the value at the axis' beginning.</summary>
    public double Minimum { get; }

    /// <summary>Gets the value at the axis' end.</summary>
    public double Maximum { get; }

    /// <summary>Maps a value: 0 at the axis' beginning, 1 at its end; NaN where the axis cannot show it.</summary>
    public double Map(double value) => _kind == AxisKind.Logarithm
        ? value > 0 ? Math.Log(value / Minimum) / Math.Log(Maximum / Minimum) : double.NaN
        : (value - Minimum) / (Maximum - Minimum);

    /// <summary>Gets ticks at round values, about as many as wanted.</summary>
    public IReadOnlyList<Tick> Ticks(int wanted) => _kind switch
    {
        AxisKind.Logarithm => LogarithmicTicks(),
        AxisKind.Time => TimeTicks(wanted),
        _ => LinearTicks(wanted),
    };

    /// <summary>Writes a value as the axis would.</summary>
    public string Write(double value) => _kind switch
    {
        AxisKind.Share => WriteShare(value, (Maximum - Minimum) / 10),
        AxisKind.Time => WriteTime(value, Hour),
        _ => WriteNumber(value, (Maximum - Minimum) / (Math.Abs(value) >= 1e4 ? 10 : 1000)),
    };

    // As many digits as tell values a step apart from each other.
    private static string WriteNumber(double value, double step) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1e9 => Digits(value / 1e9, step / 1e9) + "G",
        >= 1e6 => Digits(value / 1e6, step / 1e6) + "M",
        >= 1e4 => Digits(value / 1e3, step / 1e3) + "k",
        >= 1e-3 => Digits(value, step),
        _ => value.ToString("0.#e0", CultureInfo.InvariantCulture),
    };

    private static string Digits(double value, double step) =>
        value.ToString("#,0." + new string('#', step > 0 ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(step)), 0, 12) : 4), CultureInfo.InvariantCulture);

    private static string WriteShare(double value, double step) =>
        (value * 100).ToString(step >= .01 ? "0" : step >= .001 ? "0.#" : "0.###", CultureInfo.InvariantCulture) + " %";

    private static string WriteTime(double value, long step) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)value).ToString(step >= Day ? "MMM d" : step >= Minute ? "MMM d HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);

    private IReadOnlyList<Tick> LinearTicks(int wanted)
    {
        var step = RoundStep((Maximum - Minimum) / wanted);
        var first = Math.Ceiling(Minimum / step - 1e-9);
        var count = (int)(Math.Floor(Maximum / step + 1e-9) - first) + 1;
        return [.. Enumerable.Range(0, Math.Max(count, 0))
            .Select(index => (first + index) * step)
            .Select(value => new Tick(value, _kind == AxisKind.Share ? WriteShare(value, step) : WriteNumber(Rounded(value, 12), step)))];
    }

    private IReadOnlyList<Tick> LogarithmicTicks()
    {
        var first = (int)Math.Ceiling(Math.Log10(Minimum) - 1e-9);
        var last = (int)Math.Floor(Math.Log10(Maximum) + 1e-9);
        var every = Math.Max(1, (last - first + 1 + 7) / 8);
        var decades = Enumerable.Range(first, Math.Max(0, last - first + 1)).Where(power => (power - first) % every == 0).Select(power => Math.Pow(10, power)).ToList();
        if (decades.Count < 2)
        {
            decades = [Minimum, Math.Sqrt(Minimum * Maximum), Maximum];
        }

        return [.. decades.Select(value => new Tick(value, WriteNumber(Rounded(value, 3), value / 100)))];
    }

    private IReadOnlyList<Tick> TimeTicks(int wanted)
    {
        var step = s_timeSteps.FirstOrDefault(candidate => (Maximum - Minimum) / candidate <= wanted, s_timeSteps[^1]);
        var first = (long)Math.Ceiling(Minimum / step);
        var count = (int)((long)Math.Floor(Maximum / step) - first) + 1;
        return [.. Enumerable.Range(0, Math.Max(count, 0)).Select(index => (double)((first + index) * step)).Select(value => new Tick(value, WriteTime(value, step)))];
    }

    private static double Rounded(double value, int digits) =>
        double.Parse(value.ToString($"G{digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double RoundStep(double rough)
    {
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return magnitude * (rough / magnitude) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 };
    }
}
