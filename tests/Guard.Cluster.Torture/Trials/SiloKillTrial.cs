using Guard.Cli.Processes;
using Guard.Cli.Torture;
using Guard.Cluster.Torture.Clusters;

namespace Guard.Cluster.Torture.Trials;

/// <summary>Kills silos at random moments under load, at last all of them at once.</summary>
internal sealed class SiloKillTrial() : ClusterTrial("kills")
{
    /// <summary>So many bodies touch every shard that matters, with the users and addresses of some thousand events.</summary>
    private const int BodiesOfRecovery = 10;

    protected override async Task<string> RunAsync(ClusterGround ground, Findings findings, CancellationToken cancellation)
    {
        var (settings, random) = (ground.Settings, ground.Random(Name));
        await using var cluster = await ground.NewClusterAsync("kills", cancellation);
        await cluster.StartAllAsync(cancellation);
        await using var load = Load.Start(cluster, settings.Seed, findings, cancellation);
        await load.MoreAsync(BodiesOfRecovery, cancellation);
        var (one, all) = (new List<TimeSpan>(), TimeSpan.Zero);
        for (var kill = 1; kill < settings.Kills; kill++)
        {
            await Task.Delay(settings.Life * random.NextDouble(), TimeProvider.System, cancellation);
            var began = await KillAsync(cluster, cluster.Silos[random.Next(cluster.Silos.Count)], findings, cancellation);

            // An orchestrator starts another one at once or, where it has no room, later.
            var replacement = random.Next(2) == 0 ? cluster.StartAsync(cancellation) : null;
            await load.MoreAsync(BodiesOfRecovery, cancellation);
            one.Add(TimeProvider.System.GetElapsedTime(began));
            await (replacement ?? cluster.StartAsync(cancellation));
        }

        await Task.Delay(settings.Life * random.NextDouble(), TimeProvider.System, cancellation);
        if (settings.Kills > 0)
        {
            var began = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(cluster.Silos.Select(silo => KillAsync(cluster, silo, findings, cancellation)));
            await cluster.StartAllAsync(cancellation);
            await load.MoreAsync(BodiesOfRecovery, cancellation);
            all = TimeProvider.System.GetElapsedTime(began);
        }

        await load.StopAsync();
        var compared = await CompareAsync(ground, cluster, load.Producer, load.Sent, findings, cancellation);
        return $"{settings.Silos} silos, {settings.Kills} kills with SIGKILL, the last of all silos at once, {load.Producer.Events:N0} events acknowledged, {load.Producer.Refused} bodies refused for a while; {compared}; "
            + $"from a kill until {BodiesOfRecovery} more bodies were decided: {Times(one)}; after all were killed, with their start: {all.TotalSeconds:N1} s (silos asked after each other every {settings.ProbeTimeout.TotalSeconds:N0} s)";
    }

    private static async Task<long> KillAsync(SiloCluster cluster, ServerProcess silo, Findings findings, CancellationToken cancellation)
    {
        findings.Require(!silo.HasExited, $"a silo ended by itself: {silo.Errors}");
        var began = TimeProvider.System.GetTimestamp();
        await cluster.KillAsync(silo, cancellation);
        return began;
    }
}
