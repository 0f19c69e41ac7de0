using System.Text.Json;

namespace Guard.Simulation.Scenarios;

/// <summary>Turns what the JSON reader says into one line that names the property and the mend.</summary>
internal static class ScenarioErrors
{
    public static ScenarioException Translate(string place, Exception error)
    {
        var json = error as JsonException;
        var path = json?.Path is { Length: > 1 } found ? found.TrimStart('$').TrimStart('.') : "the document";
        var text = error.Message;
        string what;
        if (error is NotSupportedException || text.Contains("type discriminator", StringComparison.Ordinal))
        {
            var at = text.IndexOf("Path: $.", StringComparison.Ordinal);
            path = at < 0 ? path : text[(at + 8)..].Split(' ')[0];
            what = $"{path}.kind is missing or unknown: write one of {string.Join(", ", Robots.RobotSpec.Kinds)}.";
        }
        else if (text.Contains("could not be mapped", StringComparison.Ordinal))
        {
            what = $"{path} is no property of a scenario: remove it, or correct its spelling.";
        }
        else if (text.Contains("Duplicate property", StringComparison.Ordinal))
        {
            what = $"{path} stands twice: remove one.";
        }
        else if (text.Contains("missing required properties", StringComparison.Ordinal))
        {
            what = $"{path} lacks {text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim().TrimEnd('.')}: add it.";
        }
        else if (text.Contains("null", StringComparison.Ordinal) && text.Contains("allow", StringComparison.Ordinal))
        {
            what = $"{path} is null: give it a value, or remove it if it is optional.";
        }
        else if (text.Contains("could not be converted", StringComparison.Ordinal))
        {
            what = $"{path} has a value of the wrong type or size: write it as the scenarios that ship do.";
        }
        else
        {
            what = $"line {(json?.LineNumber ?? 0) + 1} is not JSON: {OneLine(text)}";
        }

        return new ScenarioException($"{place}: {what}", error);
    }

    private static string OneLine(string text)
    {
        var end = text.IndexOf(" Path:", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).ReplaceLineEndings(" ");
    }
}
