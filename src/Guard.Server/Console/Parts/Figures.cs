using System.Globalization;
using Guard.Core.Calibration;

namespace Guard.Server.Console.Parts;

/// <summary>Writes figures as pages show them: with unit, and with as many digits as they are worth.</summary>
internal static class Figures
{
    /// <summary>What stands where there is no figure.</summary>
    public const string None = "–";

    // The minus of print, as wide as a digit.
    private static readonly NumberFormatInfo s_signs = new() { NegativeSign = "−" };

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Writes a count in at most five characters: 950, 12.3k, 4.56M.</summary>
    public static string Short(double value) => Math.Abs(value) switch
    {
        >= 1e9 => Digits(value / 1e9) + "G",
        >= 1e6 => Digits(value / 1e6) + "M",
        >= 1e4 => Digits(value / 1e3) + "k",
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.#", CultureInfo.InvariantCulture),
    };

    /// <summary>Writes a measured value with four significant digits; what arithmetic rounds off is 0.</summary>
    public static string Value(double value) => Math.Abs(value) switch
    {
        _ when !double.IsFinite(value) => None,
        < 1e-12 => "0",
        >= 1e7 or < 1e-4 => value.ToString("0.###e0", s_signs),
        >= 1e3 => value.ToString("#,0.#", s_signs),
        _ => value.ToString("G4", s_signs),
    };

    public static string Share(double? value) =>
        value is { } share && double.IsFinite(share) ? (share * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %" : None;

    /// <summary>Writes the interval of a share, in percent.</summary>
    public static string Interval(Rate rate) => string.Create(CultureInfo.InvariantCulture, $"[{rate.Lower * 100:0.00}, {rate.Upper * 100:0.00}]");

    /// <summary>Writes what a rate rests on.</summary>
    public static string Sample(Rate? rate, long of, string what) => rate is null ? $"no {what} yet" : $"of {Count(of, what)}";

    /// <summary>Writes a rate's interval with what it is, or nothing.</summary>
    public static string Sure(Rate? rate) => rate is { } known ? $"95 %: {Interval(known)}" : "";

    public static string Score(float score) => score.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string Threshold(float threshold) => float.IsFinite(threshold) ? Score(threshold) : "none";

    /// <summary>Writes a number as a model reads it, with a fixed number of decimals.</summary>
    public static string Plain(double value, string format = "0.0000") => value.ToString(format, s_signs);

    public static string Signed(double value) => value.ToString("+0.00;−0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>Writes a latency in the unit that leaves it three digits.</summary>
    public static string Latency(TimeSpan span) => span.TotalMilliseconds switch
    {
        >= 1000 => Digits(span.TotalSeconds) + " s",
        >= 1 => Digits(span.TotalMilliseconds) + " ms",
        _ => Digits(span.TotalMicroseconds) + " µs",
    };

    /// <summary>Writes a length of time in its two greatest units; from ten days on, in days.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => $"{Math.Max(0, span.TotalMilliseconds):0} ms",
        { TotalMinutes: < 1 } => $"{span.TotalSeconds:0} s",
        { TotalHours: < 1 } => span.Seconds == 0 ? $"{span.Minutes} min" : $"{span.Minutes} min {span.Seconds} s",
        { TotalDays: < 1 } => span.Minutes == 0 ? $"{span.Hours} h" : $"{span.Hours} h {span.Minutes} min",
        { TotalDays: >= 10 } => $"{Number(span.Days)} d",
        _ => span.Hours == 0 ? $"{span.Days} d" : $"{span.Days} d {span.Hours} h",
    };

    public static string Bytes(long bytes) => bytes switch
    {
        >= 1L << 30 => Digits(bytes / (double)(1L << 30)) + " GiB",
        >= 1L << 20 => Digits(bytes / (double)(1L << 20)) + " MiB",
        >= 1L << 10 => Digits(bytes / (double)(1L << 10)) + " KiB",
        _ => $"{bytes} B",
    };

    /// <summary>Writes an amount given in millionths of the currency unit.</summary>
    public static string Money(long micros) => (micros / 1e6).ToString("0.00##", CultureInfo.InvariantCulture);

    /// <summary>Names a number of things: 1 click, 2 clicks.</summary>
    public static string Count(long number, string one, string? many = null) => $"{Number(number)} {(number == 1 ? one : many ?? one + "s")}";

    public static DateTimeOffset At(long unixMilliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds);

    private static string Digits(double value) =>
        value.ToString(Math.Abs(value) switch { >= 100 => "0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);
}
