using Guard.Core.Features;
using Guard.Server.Console.Parts;

namespace Guard.Server.Console.Decisions;

/// <summary>Writes a feature's value as a person counts, where the model reads a logarithm.</summary>
internal static class Inputs
{
    private const string Logarithm = "ln(1 + ";
    private const string Milliseconds = "milliseconds";

    /// <summary>Writes the value with its unit, such as 3 clicks for 1.386 ln(1 + clicks).</summary>
    public static string Write(Feature feature, float value)
    {
        if (!feature.Unit.StartsWith(Logarithm, StringComparison.Ordinal))
        {
            return feature.Unit switch
            {
                "0 or 1" => value > .5f ? "yes" : "no",
                "share of 24 hours" => $"{Figures.Plain(value * 24, "0.##")} h",
                _ => Figures.Plain(value, "0.###"),
            };
        }

        var (counted, unit) = Counted(feature, value);
        return unit == Milliseconds ? Short(feature, value) : $"{Figures.Value(counted)} {(counted == 1 ? One(unit) : unit)}";
    }

    /// <summary>Writes the value without its unit, unless it is a time.</summary>
    public static string Short(Feature feature, float value)
    {
        if (!feature.Unit.StartsWith(Logarithm, StringComparison.Ordinal))
        {
            return Write(feature, value);
        }

        var (counted, unit) = Counted(feature, value);
        return unit == Milliseconds ? Figures.Span(TimeSpan.FromMilliseconds(counted)) : Figures.Value(counted);
    }

    private static (double Counted, string Unit) Counted(Feature feature, float value) => (Round(Math.Exp(value) - 1), feature.Unit[Logarithm.Length..^1]);

    private static string One(string unit) =>
        unit.Replace("clicks", "click", StringComparison.Ordinal).Replace("users", "user", StringComparison.Ordinal).Replace("sessions", "session", StringComparison.Ordinal);

    // Through the logarithm and back, 3 becomes 2.9999998.
    private static double Round(double value) => Math.Abs(value - Math.Round(value)) < 1e-5 * (1 + value) ? Math.Round(value) : value;
}
