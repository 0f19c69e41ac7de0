using Guard.Cli.Options;
using Guard.Cli.Torture;
using Guard.Cluster.Torture.Clusters;
using Guard.Starter;

namespace Guard.Cluster.Torture.Trials;

/// <summary>Puts another model and its thresholds in force and goes back to the first pair, while silos run.</summary>
internal sealed class PolicyTrial() : ClusterTrial("policy")
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    protected override async Task<string> RunAsync(ClusterGround ground, Findings findings, CancellationToken cancellation)
    {
        await using var cluster = await ground.NewClusterAsync("policy", cancellation);
        await cluster.StartAllAsync(cancellation);
        var first = await VersionAsync(cluster, 0, cancellation);
        var model = (await new DataFolder(ground.Model).Models.CurrentAsync(cancellation))!;
        var other = new DataFolder(Path.Combine(ground.Folder, "other"));
        await other.MakeStarterAsync(StarterOptions.Small with { Budget = .1 }, new Progress<double>(), cancellation);
        var second = (await other.Thresholds.CurrentAsync(cancellation))!;
        findings.Require(first != second, "both thresholds are the same version, so nothing was tried");
        await cluster.RunAsync(cancellation, "publish", "--from", other.Path);
        await UntilAsync(cluster, second, findings, cancellation);
        await cluster.RunAsync(cancellation, "publish", "--model", model, "--thresholds", first);
        await UntilAsync(cluster, first, findings, cancellation);
        return $"{cluster.Silos.Count} silos took up another model with thresholds {second} and went back to the pair of {first} without a restart";
    }

    private static async Task UntilAsync(SiloCluster cluster, string version, Findings findings, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var silo = 0; silo < cluster.Silos.Count;)
        {
            if (await VersionAsync(cluster, silo, cancellation) is var inForce && inForce == version)
            {
                silo++;
            }
            else if (TimeProvider.System.GetElapsedTime(began) > s_patience)
            {
                findings.Add($"{s_patience.TotalSeconds:N0} s after thresholds {version} were put in force a silo still has {inForce}");
                return;
            }
        }
    }

    private static async Task<string> VersionAsync(SiloCluster cluster, int silo, CancellationToken cancellation) =>
        (await cluster.Silos[silo].Api.GetAsync("v1/thresholds", cancellation)).GetProperty("thresholds").GetProperty("version").GetString()!;
}
