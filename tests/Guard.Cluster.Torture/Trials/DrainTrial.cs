using System.Globalization;
using Guard.Cli.Processes;
using Guard.Cli.Torture;
using Guard.Cluster.Torture.Clusters;

namespace Guard.Cluster.Torture.Trials;

/// <summary>
/// Drains a zone, which is every second silo: one after the other is told to stop under load, and is sent to on and on until it is long not
/// ready, as load balancers do that learn late. Nobody may be refused meanwhile. Then the zone comes back.
/// </summary>
internal sealed class DrainTrial() : ClusterTrial("drain")
{
    private const int Bodies = 10;

    /// <summary>How often the load meets a silo that is not ready any more.</summary>
    private const int LateBodies = 2;

    /// <summary>How often a silo is told to stop that the load, on a slow machine, does not meet in time.</summary>
    private const int Tries = 3;

    private static readonly TimeSpan s_drainDelay = TimeSpan.FromSeconds(30);

    /// <summary>How long a load balancer may take to learn; where a slow machine has not sent enough by then, nothing was tried.</summary>
    private static readonly TimeSpan s_learnt = TimeSpan.FromSeconds(20);

    protected override async Task<string> RunAsync(ClusterGround ground, Findings findings, CancellationToken cancellation)
    {
        var silos = Math.Max(ground.Settings.Silos, 2);
        await using var cluster = await ground.NewClusterAsync("drain", cancellation, ("GUARD__DRAINDELAY", s_drainDelay.ToString("c", CultureInfo.InvariantCulture)));
        await Task.WhenAll(Enumerable.Range(0, silos).Select(_ => cluster.StartAsync(cancellation)));
        await using var load = Load.Start(cluster, ground.Settings.Seed, findings, cancellation);
        await load.MoreAsync(Bodies, cancellation);
        var (times, zone) = (new List<TimeSpan>(), cluster.Silos.Where((_, index) => index % 2 == 0).ToList());
        foreach (var silo in zone)
        {
            var tries = 1;
            for (var drained = silo; !await TryDrainAsync(cluster, drained, load, times, findings, cancellation); drained = await cluster.StartAsync(cancellation))
            {
                if (tries++ == Tries)
                {
                    findings.Add($"in {Tries} times {s_learnt.TotalSeconds:N0} s a silo was not sent to when it was not ready, so nothing was tried");
                    break;
                }
            }

            await load.MoreAsync(Bodies, cancellation);
        }

        findings.Require(load.Producer.Refused == 0, $"{load.Producer.Refused} bodies were refused while a zone drained, at last with: {load.Producer.Refusal}");
        findings.Require(load.Unreached == 0, $"{load.Unreached} bodies met a silo that was not there any more");
        await Task.WhenAll(zone.Select(_ => cluster.StartAsync(cancellation)));
        await load.MoreAsync(Bodies, cancellation);
        await load.StopAsync();
        var compared = await CompareAsync(ground, cluster, load.Producer, load.Sent, findings, cancellation);
        return $"{zone.Count} of {silos} silos told to stop one after the other under load, each sent {LateBodies} bodies or more when it was not ready, and started again, "
            + $"{load.Producer.Events:N0} events acknowledged, {load.Producer.Refused + load.Unreached} bodies refused; {compared}; from SIGTERM to a silo's end: {Times(times)}";
    }

    private static async Task<bool> TryDrainAsync(SiloCluster cluster, ServerProcess silo, Load load, List<TimeSpan> times, Findings findings, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        var ending = silo.StopAsync(cancellation);
        while (await silo.Api.IsReadyAsync(cancellation))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellation);
        }

        // The load goes round: each silo's turn comes once in as many bodies as there are silos, and one is under way.
        var until = load.Sent + LateBodies * cluster.Silos.Count + 1;
        while (load.Sent < until && TimeProvider.System.GetElapsedTime(began) < s_learnt)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellation);
        }

        cluster.Leave(silo);
        var isTried = load.Sent >= until;
        var code = await ending;
        findings.Require(code == 0, $"a silo that was told to stop ended with code {code}: {silo.Errors}");
        times.Add(TimeProvider.System.GetElapsedTime(began));
        return isTried;
    }
}
