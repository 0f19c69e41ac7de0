using System.Text;

namespace Guard.Server.Telemetry;

/// <summary>
/// Names of OpenTelemetry as Prometheus has them, by OpenTelemetry's specification "Prometheus and OpenMetrics compatibility":
/// what is no letter, digit or colon becomes an underscore, the unit follows, and <c>_total</c> follows what only grows.
/// </summary>
internal static class PrometheusName
{
    /// <summary>Gets the name of a metric without the endings of a histogram's parts.</summary>
    /// <param name="name">The instrument's name.</param>
    /// <param name="unit">Its unit, in UCUM.</param>
    /// <param name="isCounter">Whether it only grows.</param>
    /// <param name="isGauge">Whether it is a momentary value, whose unit 1 is a ratio.</param>
    public static string Of(string name, string unit, bool isCounter, bool isGauge)
    {
        var result = new StringBuilder(Escape(name));
        if (WordOf(unit, isGauge) is { Length: > 0 } word && !EndsWith(result, word))
        {
            result.Append('_').Append(word);
        }

        return (isCounter && !EndsWith(result, "total") ? result.Append("_total") : result).ToString();
    }

    /// <summary>Gets a label's name, or the base of a metric's.</summary>
    public static string Escape(string name)
    {
        var result = new StringBuilder(name.Length + 1);
        foreach (var letter in name)
        {
            var kept = char.IsAsciiLetterOrDigit(letter) || letter == ':' ? letter : '_';
            if (kept != '_' || result.Length == 0 || result[^1] != '_')
            {
                result.Append(kept);
            }
        }

        return result.Length > 0 && char.IsAsciiDigit(result[0]) ? result.Insert(0, '_').ToString() : result.ToString();
    }

    private static bool EndsWith(StringBuilder text, string word) => text.ToString().EndsWith(word, StringComparison.Ordinal);

    // Annotations in braces, such as {click}, are no units.
    private static string WordOf(string unit, bool isGauge) => unit switch
    {
        "" => "",
        "1" => isGauge ? "ratio" : "",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "min" => "minutes",
        "h" => "hours",
        "d" => "days",
        "By" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "%" => "percent",
        _ when unit.StartsWith('{') => "",
        _ => Escape(unit),
    };
}
