using System.Globalization;
using Guard.Cli.Api;
using Guard.Cli.Processes;
using Guard.Cli.Torture;
using Guard.Cluster.Torture.Clusters;

namespace Guard.Cluster.Torture.Trials;

/// <summary>One kind of fault or operation, and the check that a cluster under load comes through it as if nothing had been.</summary>
/// <param name="name">The trial's name.</param>
internal abstract class ClusterTrial(string name)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public string Name { get; } = name;

    /// <summary>Runs the trial on a ground of its own.</summary>
    public async Task<TrialReport> ReportAsync(TortureSettings settings, CancellationToken cancellation)
    {
        var (findings, began) = (new Findings(), TimeProvider.System.GetTimestamp());
        var (tried, skipped) = ("", (string?)null);
        try
        {
            await using var ground = await ClusterGround.OpenAsync(settings, cancellation);
            tried = await RunAsync(ground, findings, cancellation);
        }
        catch (Exception nothing) when (nothing is TrialSkippedException or Guard.Silo.Tests.Postgres.PostgresAbsentException)
        {
            skipped = nothing.Message;
        }
        catch (Exception exception) when (exception is ServerGoneException or ApiException or HttpRequestException or TimeoutException)
        {
            findings.Add($"the trial could not go on: {exception.Message}");
        }

        return new TrialReport(Name, tried, findings.ToList(), skipped, TimeProvider.System.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>Runs the trial.</summary>
    /// <returns>What was tried, in a sentence with figures.</returns>
    /// <exception cref="TrialSkippedException">The trial cannot run on this machine.</exception>
    protected abstract Task<string> RunAsync(ClusterGround ground, Findings findings, CancellationToken cancellation);

    /// <summary>Holds what a cluster decided and counted against a local engine that was given the same bodies and no fault.</summary>
    /// <returns>What was compared, in a few words with figures.</returns>
    protected static async Task<string> CompareAsync(ClusterGround ground, SiloCluster cluster, Producer producer, long bodies, Findings findings, CancellationToken cancellation)
    {
        await using var local = await ground.ReferenceAsync($"local-{Guid.NewGuid():N}", bodies, findings, cancellation);
        var silo = cluster.Silos[^1];
        await SameNumberAsync(local.Api, silo.Api, cancellation);
        var decisions = await Comparison.RunAsync(local.Api, silo.Api, findings, cancellation);
        var users = await UserComparison.RunAsync(producer.Users, local.Api, silo.Api, findings, cancellation);
        findings.Require(decisions > 0 && users > 0, "no decision was made, so nothing was compared");
        return $"{decisions:N0} decisions, {users} users, all slices and streams as the local engine's";
    }

    /// <summary>Starts all silos and sends them bodies.</summary>
    /// <param name="ground">The ground.</param>
    /// <param name="cluster">The silos.</param>
    /// <param name="after">How many bodies of the stream were sent before.</param>
    /// <param name="bodies">How many more are sent at least.</param>
    /// <param name="findings">What goes wrong.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>How many were sent, and who sent them.</returns>
    protected static async Task<(long Sent, Producer Producer)> SendAsync(ClusterGround ground, SiloCluster cluster, long after, int bodies, Findings findings, CancellationToken cancellation)
    {
        await cluster.StartAllAsync(cancellation);
        await using var load = Load.Start(cluster, ground.Settings.Seed, findings, cancellation, after);
        await load.MoreAsync(bodies, cancellation);
        await load.StopAsync();
        return (load.Sent, load.Producer);
    }

    /// <summary>Stops a silo as an orchestrator does, which it must not take amiss.</summary>
    protected static async Task StopAsync(SiloCluster cluster, ServerProcess silo, Findings findings, CancellationToken cancellation)
    {
        var (code, errors) = await cluster.StopAsync(silo, cancellation);
        findings.Require(code == 0, $"a silo that was told to stop ended with code {code}: {errors}");
    }

    /// <summary>Words some times, such as those that a cluster took to recover.</summary>
    protected static string Times(List<TimeSpan> times)
    {
        times.Sort();
        return times.Count == 0 ? "none" : $"{times[times.Count / 2].TotalSeconds:N1} s in the middle, {times[^1].TotalSeconds:N1} s at the longest";
    }

    // Decisions are numbered for readers a moment after their events are acknowledged.
    private static async Task SameNumberAsync(GuardApi local, GuardApi cluster, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        var newest = (await local.GetAsync("v1/decisions?newest=true&max=1", cancellation)).GetProperty("decisions");
        var after = newest.GetArrayLength() == 0 ? 0 : long.Parse(newest[0].GetProperty("decisionnumber").GetString()!, CultureInfo.InvariantCulture) - 1;
        while ((await cluster.GetAsync($"v1/decisions?after={after}&max=1&wait=1", cancellation)).GetProperty("decisions").GetArrayLength() == 0
            && TimeProvider.System.GetElapsedTime(began) < s_patience)
        {
        }
    }
}
