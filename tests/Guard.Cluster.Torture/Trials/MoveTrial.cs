using Guard.Azure.Tests.Azurite;
using Guard.Cli.Torture;
using Guard.Cluster.Torture.Backups;
using Guard.Cluster.Torture.Clusters;
using Guard.Silo.Tests.Postgres;
using Npgsql;

namespace Guard.Cluster.Torture.Trials;

/// <summary>Moves a cluster to where nothing is shared with the old one: another database server and another storage account, filled by copies while no silo runs. Producers go on there.</summary>
internal sealed class MoveTrial() : ClusterTrial("move")
{
    private const int Bodies = 20;
    private static readonly (string Name, string Value) s_newCluster = ("GUARD__CLUSTERID", "there");

    protected override async Task<string> RunAsync(ClusterGround ground, Findings findings, CancellationToken cancellation)
    {
        await using var server = await PostgresServer.StartAsync(cancellation);
        return $"all in PostgreSQL, to another server by pg_dump and pg_restore: {await DatabaseAsync(ground, server, findings, cancellation)}; "
            + $"models and state in blobs, to another account blob by blob: {await BlobsAsync(ground, server, findings, cancellation)}";
    }

    private static async Task<string> DatabaseAsync(ClusterGround ground, PostgresServer server, Findings findings, CancellationToken cancellation)
    {
        await using var home = await ground.NewClusterAsync("home", cancellation);
        await using var there = ground.ClusterAt(On(server, "moved"), s_newCluster);
        return await MoveAsync(ground, home, there, CopyAsync, findings, cancellation);

        async Task CopyAsync()
        {
            var file = Path.Combine(ground.Folder, "move.dump");
            await new DatabaseBackup(home.Database, file).TakeAsync(cancellation);
            await new DatabaseBackup(there.Database, file).RestoreAsync(cancellation);
        }
    }

    private static async Task<string> BlobsAsync(ClusterGround ground, PostgresServer server, Findings findings, CancellationToken cancellation)
    {
        try
        {
            string[] containers = ["artifacts", "state"];
            await using var account = await AzuriteProcess.StartAsync(cancellation);
            await using var another = await AzuriteProcess.StartAsync(cancellation);
            await using var home = await ground.NewClusterAsync("home_blobs", cancellation, [.. Blobs(account)]);
            await using var there = ground.ClusterAt(On(server, "members"), [s_newCluster, .. Blobs(another)]);

            // Members alone are in the database here, and a new cluster has new ones.
            await using (var postgres = NpgsqlDataSource.Create(server.ConnectionString))
            await using (var create = postgres.CreateCommand("CREATE DATABASE members"))
            {
                await create.ExecuteNonQueryAsync(cancellation);
            }

            await there.RunAsync(cancellation, "schema", "--apply");
            return await MoveAsync(ground, home, there, CopyAsync, findings, cancellation);

            async Task CopyAsync()
            {
                foreach (var container in containers)
                {
                    await new ContainerBackup(new(account.ConnectionString, container), new(another.ConnectionString, container)).TakeAsync(cancellation);
                }
            }

            IEnumerable<(string, string)> Blobs(AzuriteProcess azurite) => containers.SelectMany(container => Blob(azurite, container));
        }
        catch (AzuriteAbsentException absent)
        {
            return $"left out, {absent.Message}";
        }
    }

    private static async Task<string> MoveAsync(ClusterGround ground, SiloCluster home, SiloCluster there, Func<Task> copy, Findings findings, CancellationToken cancellation)
    {
        var (before, _) = await SendAsync(ground, home, 0, Bodies, findings, cancellation);
        await Task.WhenAll(home.Silos.Select(silo => StopAsync(home, silo, findings, cancellation)));
        await copy();
        var (after, producer) = await SendAsync(ground, there, before, Bodies, findings, cancellation);
        var compared = await CompareAsync(ground, there, producer, before + after, findings, cancellation);
        return $"{before} bodies here, silos stopped, copied, {after} bodies there; {compared}";
    }

    private static string On(PostgresServer server, string database) => new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database }.ConnectionString;

    private static IEnumerable<(string Name, string Value)> Blob(AzuriteProcess azurite, string container)
    {
        var section = $"GUARD__{container.ToUpperInvariant()}__";
        return [($"{section}CONNECTIONSTRING", azurite.ConnectionString), ($"{section}CONTAINER", container), ($"{section}CREATECONTAINER", "true")];
    }
}
