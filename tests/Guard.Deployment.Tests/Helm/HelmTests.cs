using Guard.Deployment.Tests.Helm.Rendering;

namespace Guard.Deployment.Tests.Helm;

/// <summary>What Helm itself says, where it is on the path.</summary>
public sealed class HelmTests
{
    public static TheoryData<string> Files => [.. GuardChart.ValuesFiles];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Helm_renders_what_the_tests_render(string file)
    {
        var result = await Tool.RunAsync("helm", ["template", GuardChart.Release, GuardChart.Folder, "-f", Path.Combine(GuardChart.Folder, file)]);

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(Sorted(GuardChart.Render(file)), Sorted(Yaml.Read(result.Output)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Helm_finds_no_fault(string file)
    {
        var result = await Tool.RunAsync("helm", ["lint", "--strict", GuardChart.Folder, "-f", Path.Combine(GuardChart.Folder, file)]);

        Assert.True(result.ExitCode == 0, result.ToString());
    }

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
