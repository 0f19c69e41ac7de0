using System.Text.RegularExpressions;
using Guard.Deployment.Tests.Helm.Rendering;

namespace Guard.Deployment.Tests.Helm;

/// <summary>Holds the pages for whoever is on call against what they name: "panels", *dashboards* and *alerts*, `lines` of the log.</summary>
public sealed partial class RunbookTests
{
    private static readonly List<(string File, string Text)> s_pages =
        [.. new[] { "runbooks", "operations" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(GuardChart.Folder, folder), "*.md")).Select(file => (Path.GetFileName(file), Code().Replace(File.ReadAllText(file), "")))];

    private static readonly List<string> s_lines =
        [.. new[] { "runbooks", "operations" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(GuardChart.Folder, folder), "*.md")).Append(Path.Combine(GuardChart.Folder, "README.md")).SelectMany(File.ReadLines)];

    [Fact]
    public void Panels_and_dashboards_that_pages_name_are_there()
    {
        var dashboards = string.Concat(Directory.EnumerateFiles(Path.Combine(GuardChart.Folder, "dashboards"), "*.json").Select(File.ReadAllText));

        Assert.All(s_pages.SelectMany(page => Named().Matches(page.Text).Select(name => (page.File, name.Groups["name"].Value))), named =>
            Assert.True(dashboards.Contains($"\"title\": \"{named.Value}", StringComparison.Ordinal), $"{named.File}: no panel or dashboard is called {named.Value}"));
    }

    [Fact]
    public void Alerts_that_pages_name_are_there()
    {
        var rules = GuardChart.Render("values.yaml", "prometheusRule.enabled=true").One("PrometheusRule").At("spec.groups.0.rules");
        var alerts = ((List<object?>)rules!).Select(rule => (string)rule.At("alert")!).ToHashSet(StringComparer.Ordinal);

        Assert.All(s_pages.SelectMany(page => Alert().Matches(page.Text).Select(name => name.Groups["name"].Value)), alert => Assert.Contains(alert, alerts));
    }

    [Fact]
    public void Upgrades_name_every_values_file_of_the_installation() =>
        Assert.All(s_lines.Where(line => line.Contains("    helm upgrade guard ", StringComparison.Ordinal)), line =>
            Assert.Contains("helm/guard -f helm/guard/values-azure.yaml -f values-azure-mine.yaml", line, StringComparison.Ordinal));

    [GeneratedRegex("^    .*$|`[^`\n]*`", RegexOptions.Multiline, 1000)]
    private static partial Regex Code();

    [GeneratedRegex("\"(?<name>[A-Z][^\"\n]+)\"|\\*(?<name>Guard: [a-z]+)\\*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(@"(?<![\w*])\*(?<name>Guard[A-Z]\w+)\*|^# (?<name>Guard[A-Z]\w+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Alert();
}
