using System.Text.RegularExpressions;

namespace Guard.Deployment.Tests.Helm.Rendering;

/// <summary>Checks values against the part of JSON Schema that the chart's schema uses; another keyword is an error of the schema.</summary>
internal static class ValuesSchema
{
    private static readonly HashSet<string> s_keywords = new(StringComparer.Ordinal)
    {
        "$schema", "title", "description", "type", "properties", "additionalProperties", "items", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength",
    };

    /// <summary>Lists what is wrong, each with its path.</summary>
    public static IEnumerable<string> Check(object? value, Dictionary<string, object?> schema, string path = "values")
    {
        if (schema.Keys.FirstOrDefault(keyword => !s_keywords.Contains(keyword)) is { } unknown)
        {
            throw new TemplateException($"the schema's keyword {unknown} at {path} is not known to the tests");
        }

        var types = schema.GetValueOrDefault("type") switch { List<object?> many => many, null => null, var one => [one] };
        if (types?.Any(type => IsOf(value, (string)type!)) == false)
        {
            return [$"{path}: expected {string.Join(" or ", types)}"];
        }

        return value switch
        {
            Dictionary<string, object?> map => OfMap(map, schema, path),
            List<object?> list when schema.GetValueOrDefault("items") is Dictionary<string, object?> items => list.SelectMany((item, index) => Check(item, items, $"{path}[{index}]")),
            string text => OfText(text, schema, path),
            long or double => OfNumber(Convert.ToDouble(value), schema, path),
            _ => [],
        };
    }

    private static IEnumerable<string> OfMap(Dictionary<string, object?> map, Dictionary<string, object?> schema, string path)
    {
        var properties = schema.GetValueOrDefault("properties") as Dictionary<string, object?>;
        foreach (var (key, value) in map)
        {
            var below = $"{path}.{key}";
            var known = properties?.GetValueOrDefault(key) ?? schema.GetValueOrDefault("additionalProperties");
            if (known is false)
            {
                yield return $"{below}: no such value";
            }
            else if (known is Dictionary<string, object?> inner)
            {
                foreach (var fault in Check(value, inner, below))
                {
                    yield return fault;
                }
            }
        }
    }

    private static IEnumerable<string> OfText(string text, Dictionary<string, object?> schema, string path)
    {
        if (schema.GetValueOrDefault("enum") is List<object?> allowed && !allowed.Contains(text))
        {
            yield return $"{path}: expected {string.Join(" or ", allowed)}";
        }

        if (schema.GetValueOrDefault("pattern") is string pattern && !Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            yield return $"{path}: does not match {pattern}";
        }

        if (schema.GetValueOrDefault("minLength") is long least && text.Length < least)
        {
            yield return $"{path}: needs {least} characters";
        }

        if (schema.GetValueOrDefault("maxLength") is long most && text.Length > most)
        {
            yield return $"{path}: has more than {most} characters";
        }
    }

    private static IEnumerable<string> OfNumber(double number, Dictionary<string, object?> schema, string path)
    {
        if (schema.GetValueOrDefault("minimum") is { } least && number < Convert.ToDouble(least))
        {
            yield return $"{path}: is below {least}";
        }

        if (schema.GetValueOrDefault("maximum") is { } most && number > Convert.ToDouble(most))
        {
            yield return $"{path}: is above {most}";
        }
    }

    private static bool IsOf(object? value, string type) => type switch
    {
        "object" => value is Dictionary<string, object?>,
        "array" => value is List<object?>,
        "string" => value is string,
        "integer" => value is long || value is double real && real == Math.Floor(real),
        "number" => value is long or double,
        "boolean" => value is bool,
        _ => throw new TemplateException($"the schema's type {type} is not known to the tests"),
    };
}
