using Guard.Deployment.Tests.Helm.Rendering;

namespace Guard.Deployment.Tests.Helm;

/// <summary>What Helm itself says, where it is on the path.</summary>
public sealed class HelmTests
{
    // Everything that is off by default.
    private static readonly string[] s_all =
        ["serviceMonitor.enabled=true", "serviceMonitor.keySecret=scrape", "prometheusRule.enabled=true", "dashboards.enabled=true", "ingress.enabled=true", "ingress.host=guard.example", "ingress.tlsSecretName=tls"];

    public static TheoryData<string, string[]> Matrix => [.. GuardChart.ValuesFiles.SelectMany(file => new[] { (file, Array.Empty<string>()), (file, s_all) })];

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Helm_renders_what_the_tests_render(string file, string[] settings)
    {
        var result = await Tool.RunAsync("helm", ["template", GuardChart.Release, GuardChart.Folder, "-f", Path.Combine(GuardChart.Folder, file), .. Set(settings)]);

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(Sorted(GuardChart.Render(file, settings)), Sorted(Yaml.Read(result.Output)));
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Helm_finds_no_fault(string file, string[] settings)
    {
        var result = await Tool.RunAsync("helm", ["lint", "--strict", GuardChart.Folder, "-f", Path.Combine(GuardChart.Folder, file), .. Set(settings)]);

        Assert.True(result.ExitCode == 0, result.ToString());
    }

    private static IEnumerable<string> Set(string[] settings) => settings.SelectMany(setting => new[] { "--set", setting });

    // The checksum is of text whose spaces may differ.
    private static IEnumerable<string> Sorted(List<Dictionary<string, object?>> objects)
    {
        foreach (var annotations in objects.Select(item => item.At("spec.template.metadata.annotations")).OfType<Dictionary<string, object?>>())
        {
            annotations.Remove("checksum/settings");
        }

        return objects.Select(Yaml.Json).Order(StringComparer.Ordinal);
    }
}
