using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Guard.Deployment.Tests.Helm.Rendering;

/// <summary>Reads YAML and JSON into maps, lists, texts, numbers and truth values, and writes them.</summary>
internal static class Yaml
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Dictionary<string, object?> ReadFile(string path) => ReadOne(File.ReadAllText(path));

    public static Dictionary<string, object?> ReadOne(string text) => Read(text).SingleOrDefault() ?? [];

    /// <summary>Reads documents; a key that stands twice is an error.</summary>
    public static List<Dictionary<string, object?>> Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => ValueOf(document.RootNode)).Where(root => root is not null and not "").Select(Values.Map)];
    }

    public static string Json(object? value) => JsonSerializer.Serialize(Plain(value), s_json);

    /// <summary>Writes block YAML whose texts are all quoted.</summary>
    public static string Write(object? value)
    {
        var output = new StringBuilder();
        Write(output, value, "");
        return output.ToString().Trim('\n');
    }

    private static void Write(StringBuilder output, object? value, string indent)
    {
        switch (value)
        {
            case Dictionary<string, object?> { Count: > 0 } map:
                foreach (var (key, item) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    output.Append('\n').Append(indent).Append(Scalar(key)).Append(": ");
                    Write(output, item, indent + "  ");
                }

                break;
            case List<object?> { Count: > 0 } list:
                foreach (var item in list)
                {
                    output.Append('\n').Append(indent).Append("- ");
                    Write(output, item, indent + "  ");
                }

                break;
            default:
                output.Append(Scalar(value));
                break;
        }
    }

    private static string Scalar(object? value) => JsonSerializer.Serialize(Plain(value), s_json);

    private static object? Plain(object? value) => value switch
    {
        WholeNumber number => number.Value,
        Dictionary<string, object?> map => new SortedDictionary<string, object?>(map.ToDictionary(pair => pair.Key, pair => Plain(pair.Value)), StringComparer.Ordinal),
        List<object?> list => list.ConvertAll(Plain),
        _ => value,
    };

    private static object? ValueOf(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => ValueOf(pair.Value), StringComparer.Ordinal),
        YamlSequenceNode list => list.Children.Select(ValueOf).ToList(),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: var text } => Resolve(text ?? ""),
        YamlScalarNode scalar => scalar.Value,
        _ => throw new TemplateException($"{node.Start}: no such YAML here"),
    };

    private static object? Resolve(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" or "yes" or "Yes" or "on" or "On" => true,
        "false" or "False" or "FALSE" or "no" or "No" or "off" or "Off" => false,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && !(text.Length > 1 && text[0] == '0') => whole,
        _ when char.IsAsciiDigit(text[^1]) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) => real,
        _ => text,
    };
}
