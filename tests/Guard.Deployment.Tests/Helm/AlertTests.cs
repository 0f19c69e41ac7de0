using Guard.Deployment.Tests.Helm.Rendering;

namespace Guard.Deployment.Tests.Helm;

public sealed class AlertTests
{
    private static readonly string s_runbooks = Path.Combine(GuardChart.Folder, "runbooks");

    private static object Spec => GuardChart.Render("values.yaml", "prometheusRule.enabled=true").One("PrometheusRule")["spec"]!;

    private static List<object?> Rules => (List<object?>)Spec.At("groups.0.rules")!;

    [Fact]
    public async Task Alerts_fire_when_they_should_and_not_otherwise()
    {
        var folder = Directory.CreateTempSubdirectory("guard-alerts-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "rules.yaml"), Yaml.Json(Spec), TestContext.Current.CancellationToken);
            var test = Path.Combine(folder.FullName, "alerts.test.yaml");
            File.Copy(Repository.Path("tests", "Guard.Deployment.Tests", "Helm", "Alerts", "alerts.test.yaml"), test);

            var result = await Tool.RunAsync("promtool", ["test", "rules", test]);

            Assert.True(result.ExitCode == 0, result.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_alert_has_a_runbook_and_every_runbook_an_alert() =>
        Assert.Equal(
            Directory.EnumerateFiles(s_runbooks, "*.md").Select(Path.GetFileName).Where(name => name != "README.md").Order(StringComparer.Ordinal),
            Rules.Select(rule => Path.GetFileName((string?)rule.At("annotations.runbook_url"))).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_runbook_names_its_alert_and_says_what_it_means_what_to_look_at_and_what_to_do()
    {
        foreach (var rule in Rules)
        {
            var text = File.ReadAllText(Path.Combine(s_runbooks, Path.GetFileName((string)rule.At("annotations.runbook_url")!)));
            Assert.All([$"# {rule.At("alert")}", "## Means", "## Look at", "## Do"], part => Assert.Contains(part + "\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_alert_is_in_the_test_of_alerts()
    {
        var tested = File.ReadAllText(Repository.Path("tests", "Guard.Deployment.Tests", "Helm", "Alerts", "alerts.test.yaml"));

        Assert.All(Rules, rule => Assert.Contains($"alertname=\"{rule.At("alert")}\"", tested, StringComparison.Ordinal));
    }

    [Fact]
    public void Thresholds_come_from_the_values() =>
        Assert.EndsWith("> 90", (string?)((List<object?>)GuardChart.Render("values.yaml", "prometheusRule.enabled=true", "prometheusRule.thresholds.ingestLagSeconds=90").One("PrometheusRule").At("spec.groups.0.rules")!)[0].At("expr"), StringComparison.Ordinal);
}
