using System.Globalization;
using System.Text.RegularExpressions;
using Guard.Deployment.Tests.Helm.Rendering;

namespace Guard.Deployment.Tests.Bicep;

public sealed partial class NodeTests
{
    // What the chart's README adds to the values where nodes are the small ones.
    private static readonly string[] s_small =
        Set().Match(File.ReadLines(Path.Combine(GuardChart.Folder, "README.md")).Single(line => line.Contains("main.dev.bicepparam", StringComparison.Ordinal))).Groups["settings"].Value.Split(',');

    public static TheoryData<string, string[]> Nodes => new() { { "main.dev.bicepparam", s_small }, { "main.prod.bicepparam", [] } };

    [Theory]
    [MemberData(nameof(Nodes))]
    public void Nodes_have_room_for_every_silo_and_for_one_more_while_pods_are_replaced(string file, string[] settings)
    {
        var parameters = File.ReadAllText(Repository.Path("bicep", file));
        var silo = GuardChart.Render("values-azure.yaml", settings).One("Deployment").At("spec.template.spec.containers.0.resources");
        var processors = int.Parse(Machine().Match(parameters).Groups["processors"].Value, CultureInfo.InvariantCulture);
        var nodes = long.Parse(Most().Match(parameters).Groups["nodes"].Value, CultureInfo.InvariantCulture);

        // Kubernetes and the cluster's own pods take a processor at most; this series of machines has 4 GiB for each processor, of which they take 3 GiB at most.
        Assert.InRange(Convert.ToDouble(silo.At("requests.cpu"), CultureInfo.InvariantCulture), 0, processors - 1);
        Assert.InRange(int.Parse(((string)silo.At("limits.memory")!).TrimEnd('G', 'i'), CultureInfo.InvariantCulture), 0, 4 * processors - 3);
        Assert.True(nodes > Values.Whole(GuardChart.ValuesOf("values-azure.yaml", settings).At("autoscaling.maxReplicas")));
    }

    [GeneratedRegex("--set (?<settings>[^` ]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Set();

    [GeneratedRegex(@"param nodeVmSize = 'Standard_D(?<processors>\d+)ads_v5'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Machine();

    [GeneratedRegex(@"param nodeMaxCount = (?<nodes>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Most();
}
