using System.Collections;
using System.Globalization;

namespace Guard.Deployment.Tests.Helm.Rendering;

/// <summary>Values as Go's templates see them: maps, lists, texts, numbers, truth values and nothing.</summary>
internal static class Values
{
    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool truth => truth,
        string text => text.Length > 0,
        long number => number != 0,
        double number => number != 0,
        ICollection items => items.Count > 0,
        _ => true,
    };

    public static string Text(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        // Helm reads every number of a values file as a float, and prints those from a million on with an exponent.
        long number and (>= 1_000_000 or <= -1_000_000) => throw new TemplateException($"Helm would print {number} with an exponent; pipe it through int"),
        WholeNumber number => number.Value.ToString(CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    public static long Whole(object? value) => value switch
    {
        WholeNumber number => number.Value,
        long number => number,
        double number => (long)number,
        string text => long.Parse(text, CultureInfo.InvariantCulture),
        null => 0,
        _ => throw new TemplateException($"{value} is no number"),
    };

    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (long or WholeNumber, long or WholeNumber) => Whole(left) == Whole(right),
        _ => Equals(left, right),
    };

    public static Dictionary<string, object?> Map(object? value) =>
        value as Dictionary<string, object?> ?? throw new TemplateException($"{value ?? "nil"} is no map");

    /// <summary>A copy whose maps and lists are its own.</summary>
    public static object? Copy(object? value) => value switch
    {
        Dictionary<string, object?> map => map.ToDictionary(pair => pair.Key, pair => Copy(pair.Value), StringComparer.Ordinal),
        List<object?> list => list.ConvertAll(Copy),
        _ => value,
    };

    /// <summary>Lays values over others as Helm does: maps are merged, the rest is replaced, null removes.</summary>
    public static void Overlay(Dictionary<string, object?> below, Dictionary<string, object?> above)
    {
        foreach (var (key, value) in above)
        {
            if (value is null)
            {
                below.Remove(key);
            }
            else if (value is Dictionary<string, object?> inner && below.GetValueOrDefault(key) is Dictionary<string, object?> outer)
            {
                Overlay(outer, inner);
            }
            else
            {
                below[key] = Copy(value);
            }
        }
    }
}
