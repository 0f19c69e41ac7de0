using System.Globalization;
using Guard.Core.Features;
using Guard.Server.Console.Parts;

namespace Guard.Server.Console.Decisions;

/// <summary>Writes a feature's value as a person counts, where the model reads a logarithm.</summary>
internal static class Inputs
{
    private const string Logarithm = "ln(1 + ";

    /// <summary>Writes the value with its unit, such as 3 clicks for 1.386 ln(1 + clicks).</summary>
    public static string Write(Feature feature, float value)
    {
        if (!feature.Unit.StartsWith(Logarithm, StringComparison.Ordinal))
        {
            return feature.Unit is "0 or 1" ? value > .5f ? "yes" : "no" : value.ToString("0.###", CultureInfo.InvariantCulture);
        }

        var counted = Round(Math.Exp(value) - 1);
        var unit = feature.Unit[Logarithm.Length..^1];
        return unit == "milliseconds" ? Figures.Span(TimeSpan.FromMilliseconds(counted)) : $"{Figures.Value(counted)} {(counted == 1 ? One(unit) : unit)}";
    }

    private static string One(string unit) =>
        unit.Replace("clicks", "click", StringComparison.Ordinal).Replace("users", "user", StringComparison.Ordinal).Replace("sessions", "session", StringComparison.Ordinal);

    // Through the logarithm and back, 3 becomes 2.9999998.
    private static double Round(double value) => Math.Abs(value - Math.Round(value)) < 1e-5 * (1 + value) ? Math.Round(value) : value;
}
