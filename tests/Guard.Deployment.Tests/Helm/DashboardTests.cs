using System.Text.Json.Nodes;
using Guard.Deployment.Tests.Helm.Rendering;

namespace Guard.Deployment.Tests.Helm;

public sealed class DashboardTests
{
    public static TheoryData<string> Files => ["guard-traffic.json", "guard-cluster.json"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Dashboards_are_whole_and_their_panels_do_not_overlap(string file)
    {
        var dashboard = Dashboard(file);
        var panels = dashboard["panels"]!.AsArray();

        Assert.Equal(Path.GetFileNameWithoutExtension(file), (string?)dashboard["uid"]);
        Assert.Equal(panels.Count, panels.Select(panel => (int)panel!["id"]!).Distinct().Count());
        Assert.Equal(panels.Count, panels.Select(panel => ((int)panel!["gridPos"]!["x"]!, (int)panel["gridPos"]!["y"]!)).Distinct().Count());
        Assert.All(panels, panel => Assert.InRange((int)panel!["gridPos"]!["x"]! + (int)panel["gridPos"]!["w"]!, 1, 24));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Prometheus_reads_every_query(string file)
    {
        // Rules are what promtool checks.
        var rules = Path.GetTempFileName();
        try
        {
            var queries = Queries(file).Select((query, index) => (JsonNode)new JsonObject
            {
                ["record"] = $"query_{index}",
                ["expr"] = query.Replace("$__rate_interval", "1m", StringComparison.Ordinal).Replace("$namespace", ".*", StringComparison.Ordinal),
            });
            var text = new JsonObject { ["groups"] = new JsonArray(new JsonObject { ["name"] = file, ["rules"] = new JsonArray([.. queries]) }) }.ToJsonString();
            await File.WriteAllTextAsync(rules, text, TestContext.Current.CancellationToken);

            var result = await Tool.RunAsync("promtool", ["check", "rules", rules]);

            Assert.True(result.ExitCode == 0, result.ToString());
        }
        finally
        {
            File.Delete(rules);
        }
    }

    private static IEnumerable<string> Queries(string file) =>
        Dashboard(file)["panels"]!.AsArray().SelectMany(panel => panel!["targets"]?.AsArray() ?? []).Select(target => (string)target!["expr"]!);

    private static JsonNode Dashboard(string file) =>
        JsonNode.Parse((string)Values.Map(GuardChart.Render("values.yaml", "dashboards.enabled=true").One("ConfigMap", "guard-dashboards")["data"])[file]!)!;
}
