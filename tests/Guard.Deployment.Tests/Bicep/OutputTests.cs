using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Guard.Deployment.Tests.Bicep;

public sealed partial class OutputTests
{
    private static readonly string s_filter = Repository.Path("bicep", "outputs-to-values.jq");
    private static readonly List<(string Name, string Type)> s_outputs =
        [.. Output().Matches(File.ReadAllText(Repository.Path("bicep", "main.bicep"))).Select(match => (match.Groups["name"].Value, match.Groups["type"].Value))];

    [Fact]
    public void What_the_template_gives_is_exactly_what_the_values_take() =>
        Assert.Equal(s_outputs.Select(output => output.Name).Order(StringComparer.Ordinal), Use().Matches(File.ReadAllText(s_filter)).Select(match => match.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task The_command_turns_outputs_into_values()
    {
        var values = await ValuesAsync(s_outputs);

        Assert.Equal("acrLoginServer-1", (string?)values["image"]!["registry"]);
        Assert.Equal(8, (int?)values["eventHubs"]!["partitionCount"]);
        Assert.Equal((string?)values["grainStorage"]!["serviceUri"], (string?)values["eventHubs"]!["checkpoints"]!["serviceUri"]);
    }

    [Fact]
    public async Task A_missing_output_is_named()
    {
        var result = await Tool.RunAsync("jq", ["-f", s_filter], JsonOf(s_outputs.Where(output => output.Name != "tenantId")));

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("no output tenantId", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_value_is_one_that_the_chart_knows()
    {
        var schema = Repository.Path("helm", "guard", "values.schema.json");
        Assert.SkipUnless(File.Exists(schema), "helm/guard is not in this working copy.");
        var root = JsonNode.Parse(await File.ReadAllTextAsync(schema, TestContext.Current.CancellationToken))!;

        foreach (var path in Leaves(await ValuesAsync(s_outputs)))
        {
            var known = path.Split('.').Aggregate((JsonNode?)root, (node, name) => node?["properties"]?[name]);
            Assert.True(known is not null, $"{path} comes out of bicep/outputs-to-values.jq, and helm/guard/values.schema.json knows no such value.");
        }
    }

    private static async Task<JsonNode> ValuesAsync(IEnumerable<(string Name, string Type)> outputs)
    {
        var result = await Tool.RunAsync("jq", ["-f", s_filter], JsonOf(outputs));
        Assert.True(result.ExitCode == 0, result.ToString());
        return JsonNode.Parse(result.Output)!;
    }

    // As Azure's command line gives the outputs of a deployment.
    private static string JsonOf(IEnumerable<(string Name, string Type)> outputs) =>
        JsonSerializer.Serialize(outputs.ToDictionary(output => output.Name, output => new { type = output.Type, value = output.Type == "int" ? (object)8 : output.Name + "-1" }, StringComparer.Ordinal));

    private static IEnumerable<string> Leaves(JsonNode node, string at = "") =>
        node is JsonObject item ? item.SelectMany(property => Leaves(property.Value!, at.Length == 0 ? property.Key : $"{at}.{property.Key}")) : [at];

    [GeneratedRegex(@"^output (?<name>\w+) (?<type>\w+) =", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Output();

    [GeneratedRegex(@"of\(""(?<name>\w+)""\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Use();
}
