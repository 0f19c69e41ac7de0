using System.Security.Cryptography;
using Guard.Cli.Processes;
using Guard.Cli.Torture;
using Guard.Cluster.Torture.Clusters;

namespace Guard.Cluster.Torture.Trials;

/// <summary>Rotates the hashing key as the page for operators says: all silos stop, a new database, the new key; and goes back.</summary>
internal sealed class HashingKeyTrial() : ClusterTrial("key")
{
    private const int Bodies = 20;

    protected override async Task<string> RunAsync(ClusterGround ground, Findings findings, CancellationToken cancellation)
    {
        await using var old = await ground.NewClusterAsync("old", cancellation);
        await old.StartAllAsync(cancellation);
        await using var load = Load.Start(old, ground.Settings.Seed, findings, cancellation);
        await load.MoreAsync(Bodies, cancellation);
        await load.StopAsync();
        await CompareAsync(ground, old, load.Producer, load.Sent, findings, cancellation);
        await StopAllAsync(old, findings, cancellation);

        var key = Path.Combine(ground.Folder, "new.key");
        await File.WriteAllTextAsync(key, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), cancellation);
        var keyOfOld = Path.Combine(ground.Model, "hashing.key");
        old.Set("GUARD__HASHINGKEYFILE", key);
        findings.Require(await IsRefusedAsync(old, cancellation), "a silo with the new key started over the old key's state");
        await using (var fresh = await ground.NewClusterAsync("fresh", cancellation, ("GUARD__HASHINGKEYFILE", key)))
        {
            await fresh.StartAllAsync(cancellation);
            var known = 0;
            foreach (var user in load.Producer.Users)
            {
                known += await IsKnownAsync(fresh, user, cancellation) ? 1 : 0;
            }

            findings.Require(known == 0, $"under the new key {known} users have counters before their first click");
            await using var again = Load.Start(fresh, ground.Settings.Seed, findings, cancellation);
            await again.MoreAsync(Bodies, cancellation);
            await again.StopAsync();
            findings.Require(await IsKnownAsync(fresh, again.Producer.Users.First(), cancellation), "under the new key no user has counters after clicks");
        }

        old.Set("GUARD__HASHINGKEYFILE", keyOfOld);
        await old.StartAllAsync(cancellation);
        var compared = await CompareAsync(ground, old, load.Producer, load.Sent, findings, cancellation);
        return $"all of {ground.Settings.Silos} silos stopped, a new key refused over the old state, a new database with it: nobody is known, counting begins; then back to the old key and database: {compared}";
    }

    private static async Task StopAllAsync(SiloCluster cluster, Findings findings, CancellationToken cancellation) =>
        await Task.WhenAll(cluster.Silos.Select(silo => StopAsync(cluster, silo, findings, cancellation)));

    private static async Task<bool> IsRefusedAsync(SiloCluster cluster, CancellationToken cancellation)
    {
        try
        {
            var silo = await cluster.StartAsync(cancellation);
            await cluster.StopAsync(silo, cancellation);
            return false;
        }
        catch (ServerGoneException gone) when (gone.Message.Contains("HashingKeyFile", StringComparison.Ordinal))
        {
            return true;
        }
    }

    private static async Task<bool> IsKnownAsync(SiloCluster cluster, string user, CancellationToken cancellation)
    {
        try
        {
            await cluster.Silos[0].Api.GetAsync($"v1/users/{Uri.EscapeDataString(user)}", cancellation);
            return true;
        }
        catch (Guard.Cli.Api.ApiException unknown) when (unknown.Status == System.Net.HttpStatusCode.NotFound)
        {
            return false;
        }
    }
}
