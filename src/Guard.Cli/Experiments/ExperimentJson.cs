using System.Text.Json;

namespace Guard.Cli.Experiments;

/// <summary>Writes an experiment's result as JSON.</summary>
internal static class ExperimentJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static void Write<T>(T result) => Console.Out.WriteLine(JsonSerializer.Serialize(result, Options));
}
