using Guard.Azure.Tests.Azurite;
using Guard.Cli.Torture;
using Guard.Cluster.Torture.Backups;
using Guard.Cluster.Torture.Clusters;

namespace Guard.Cluster.Torture.Trials;

/// <summary>Puts a backup of a cluster's state back, and sends again what came after it.</summary>
internal sealed class RestoreTrial() : ClusterTrial("restore")
{
    private const string Container = "state";
    private const int Bodies = 20;

    protected override async Task<string> RunAsync(ClusterGround ground, Findings findings, CancellationToken cancellation)
    {
        string database;
        await using (var cluster = await ground.NewClusterAsync("restore", cancellation))
        {
            database = await RestoreAsync(ground, cluster, new DatabaseBackup(cluster.Database, Path.Combine(ground.Folder, "guard.dump")), findings, cancellation);
        }

        return $"state in PostgreSQL, by pg_dump and pg_restore: {database}; state in blobs: {await BlobsAsync(ground, findings, cancellation)}";
    }

    private static async Task<string> BlobsAsync(ClusterGround ground, Findings findings, CancellationToken cancellation)
    {
        try
        {
            await using var azurite = await AzuriteProcess.StartAsync(cancellation);
            await using var cluster = await ground.NewClusterAsync("blobs", cancellation,
                ("GUARD__STATE__CONNECTIONSTRING", azurite.ConnectionString), ("GUARD__STATE__CONTAINER", Container), ("GUARD__STATE__CREATECONTAINER", "true"));
            return await RestoreAsync(ground, cluster, new ContainerBackup(new(azurite.ConnectionString, Container), new(azurite.ConnectionString, $"{Container}-backup")), findings, cancellation);
        }
        catch (AzuriteAbsentException absent)
        {
            return $"left out, {absent.Message}";
        }
    }

    private static async Task<string> RestoreAsync(ClusterGround ground, SiloCluster cluster, IStateBackup backup, Findings findings, CancellationToken cancellation)
    {
        var (saved, _) = await SendAsync(ground, cluster, 0, Bodies, findings, cancellation);
        await Task.WhenAll(cluster.Silos.Select(silo => StopAsync(cluster, silo, findings, cancellation)));
        await backup.TakeAsync(cancellation);
        var (lost, _) = await SendAsync(ground, cluster, saved, Bodies, findings, cancellation);
        await Task.WhenAll(cluster.Silos.Select(silo => cluster.KillAsync(silo, cancellation)));
        await backup.RestoreAsync(cancellation);
        var (more, producer) = await SendAsync(ground, cluster, saved, Bodies, findings, cancellation);
        var compared = await CompareAsync(ground, cluster, producer, saved + more, findings, cancellation);
        return $"{saved} bodies, a backup, {lost} bodies that the loss took, {more} bodies after the restore; {compared}";
    }
}
