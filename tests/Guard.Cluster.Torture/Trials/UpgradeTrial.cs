using Guard.Cli.Torture;
using Guard.Cluster.Torture.Clusters;

namespace Guard.Cluster.Torture.Trials;

/// <summary>Replaces silo after silo by one of another build under load, each new one before the old one, and rolls back the same way.</summary>
internal sealed class UpgradeTrial() : ClusterTrial("upgrade")
{
    private const int Bodies = 10;

    protected override async Task<string> RunAsync(ClusterGround ground, Findings findings, CancellationToken cancellation)
    {
        var settings = ground.Settings;
        var next = settings.Next ?? Copy(settings.Program, Path.Combine(ground.Folder, "next"));
        await using var cluster = await ground.NewClusterAsync("upgrade", cancellation);
        await cluster.StartAllAsync(cancellation);
        await using var load = Load.Start(cluster, settings.Seed, findings, cancellation);
        await load.MoreAsync(Bodies, cancellation);
        var times = new List<TimeSpan>();
        foreach (var program in new[] { next, settings.Program })
        {
            foreach (var silo in cluster.Silos.ToArray())
            {
                await cluster.StartAsync(cancellation, program);
                var stopping = StopAsync(cluster, silo, findings, cancellation);
                times.Add(await load.MoreAsync(Bodies, cancellation));
                await stopping;
            }
        }

        await load.StopAsync();
        var compared = await CompareAsync(ground, cluster, load.Producer, load.Sent, findings, cancellation);
        return $"{settings.Silos} silos replaced one by one by another build and back under load, {load.Producer.Events:N0} events acknowledged, {load.Producer.Refused} bodies refused for a while; {compared}; "
            + $"{Bodies} bodies while a silo stops: {Times(times)}";
    }

    private static string Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in new DirectoryInfo(from).EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to, file.Name));
        }

        foreach (var inner in new DirectoryInfo(from).EnumerateDirectories())
        {
            Copy(inner.FullName, Path.Combine(to, inner.Name));
        }

        return to;
    }
}
