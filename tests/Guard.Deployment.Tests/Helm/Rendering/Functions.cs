using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Guard.Deployment.Tests.Helm.Rendering;

/// <summary>The functions of Go's templates, of Sprig and of Helm that the chart calls. Another one is an error that says so.</summary>
internal static partial class Functions
{
    public static object? Call(string name, object?[] a) => name switch
    {
        "eq" => a.Skip(1).Any(other => Values.AreEqual(a[0], other)),
        "ne" => !Values.AreEqual(a[0], a[1]),
        "lt" => Values.Whole(a[0]) < Values.Whole(a[1]),
        "le" => Values.Whole(a[0]) <= Values.Whole(a[1]),
        "gt" => Values.Whole(a[0]) > Values.Whole(a[1]),
        "ge" => Values.Whole(a[0]) >= Values.Whole(a[1]),
        "not" => !Values.IsTrue(a[0]),
        "and" => Array.Find(a, value => !Values.IsTrue(value)) is { } untrue ? untrue : Array.Exists(a, value => value is null) ? null : a[^1],
        "or" => Array.Find(a, Values.IsTrue) ?? a[^1],
        "int" => new WholeNumber(Values.Whole(a[0])),
        "add" => new WholeNumber(a.Sum(Values.Whole)),
        "mul" => new WholeNumber(a.Aggregate(1L, (product, value) => product * Values.Whole(value))),
        "div" => new WholeNumber(Values.Whole(a[0]) / Values.Whole(a[1])),
        "mod" => new WholeNumber(Values.Whole(a[0]) % Values.Whole(a[1])),
        "default" => Values.IsTrue(a[1]) ? a[1] : a[0],
        "fail" => throw new TemplateException(Text(a[0])),
        "dict" => a.Chunk(2).ToDictionary(pair => Text(pair[0]), pair => pair[1], StringComparer.Ordinal),
        "set" => Set(Values.Map(a[0]), Text(a[1]), a[2]),
        "merge" => Merge(Values.Map(a[0]), a.Skip(1)),
        "list" => a.ToList<object?>(),
        "first" => ((List<object?>)a[0]!)[0],
        "last" => ((List<object?>)a[0]!)[^1],
        "splitList" => Text(a[1]).Split(Text(a[0])).ToList<object?>(),
        "print" => string.Concat(a.Select(Text)),
        "printf" => Printf(Text(a[0]), a[1..]),
        "quote" => $"\"{Text(a[0]).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        "lower" => Text(a[0]).ToLowerInvariant(),
        "contains" => Text(a[1]).Contains(Text(a[0]), StringComparison.Ordinal),
        "replace" => Text(a[2]).Replace(Text(a[0]), Text(a[1]), StringComparison.Ordinal),
        "trunc" => Text(a[1]) is var text && text.Length > Values.Whole(a[0]) ? text[..(int)Values.Whole(a[0])] : text,
        "trimSuffix" => Text(a[1]) is var text && text.EndsWith(Text(a[0]), StringComparison.Ordinal) ? text[..^Text(a[0]).Length] : text,
        "indent" => Indent(Values.Whole(a[0]), Text(a[1])),
        "nindent" => "\n" + Indent(Values.Whole(a[0]), Text(a[1])),
        "toYaml" => Yaml.Write(a[0]),
        "toPrettyJson" => Yaml.Json(a[0]),
        "sha256sum" => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(a[0])))),
        _ => throw new TemplateException($"the function {name} is not known to the tests; add it to {nameof(Functions)}, or put helm on the path"),
    };

    private static string Text(object? value) => Values.Text(value);

    private static string Set(Dictionary<string, object?> map, string key, object? value)
    {
        map[key] = value;
        return "";
    }

    private static Dictionary<string, object?> Merge(Dictionary<string, object?> map, IEnumerable<object?> others)
    {
        foreach (var (key, value) in others.SelectMany(Values.Map))
        {
            map.TryAdd(key, value);
        }

        return map;
    }

    private static string Indent(long spaces, string text)
    {
        var indent = new string(' ', (int)spaces);
        return indent + text.Replace("\n", "\n" + indent, StringComparison.Ordinal);
    }

    private static string Printf(string format, object?[] arguments)
    {
        var next = 0;
        return Verb().Replace(format, verb => verb.Groups["kind"].Value switch
        {
            "%" => "%",
            "s" => Text(arguments[next++]),
            "d" when arguments[next] is WholeNumber number => Padded(verb.Groups["width"].Value, number.Value, ref next),
            _ => throw new TemplateException($"printf {verb.Value} of {arguments[next]}: the tests know %s, and %d of what is an int"),
        });
    }

    private static string Padded(string width, long number, ref int next)
    {
        next++;
        return number.ToString(width.Length == 0 ? "D" : "D" + int.Parse(width, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("%(0(?<width>[0-9]+))?(?<kind>.)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Verb();
}
