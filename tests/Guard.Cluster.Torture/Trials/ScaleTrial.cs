using Guard.Cli.Torture;
using Guard.Cluster.Torture.Clusters;

namespace Guard.Cluster.Torture.Trials;

/// <summary>Adds silos under load and takes them away again, the oldest first.</summary>
internal sealed class ScaleTrial() : ClusterTrial("scale")
{
    private const int Bodies = 20;

    protected override async Task<string> RunAsync(ClusterGround ground, Findings findings, CancellationToken cancellation)
    {
        var most = Math.Max(ground.Settings.Silos, 2);
        await using var cluster = await ground.NewClusterAsync("scale", cancellation);
        await cluster.StartAsync(cancellation);
        await using var load = Load.Start(cluster, ground.Settings.Seed, findings, cancellation);
        await load.MoreAsync(Bodies, cancellation);
        var times = new List<TimeSpan>();
        while (cluster.Silos.Count < most)
        {
            await cluster.StartAsync(cancellation);
            times.Add(await load.MoreAsync(Bodies, cancellation));
        }

        // The oldest hold the most. At last one is left that joined under load.
        while (cluster.Silos.Count > 1)
        {
            var stopping = StopAsync(cluster, cluster.Silos[0], findings, cancellation);
            times.Add(await load.MoreAsync(Bodies, cancellation));
            await stopping;
        }

        await load.StopAsync();
        var compared = await CompareAsync(ground, cluster, load.Producer, load.Sent, findings, cancellation);
        return $"from 1 silo to {most} and back to 1 under load, {load.Producer.Events:N0} events acknowledged, {load.Producer.Refused} bodies refused for a while; {compared}; "
            + $"{Bodies} bodies after each change: {Times(times)}";
    }
}
