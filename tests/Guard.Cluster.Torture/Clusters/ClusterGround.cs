using Guard.Cli.Options;
using Guard.Cli.Processes;
using Guard.Cli.Torture;
using Guard.Silo.Tests.Postgres;
using Guard.Starter;
using Npgsql;

namespace Guard.Cluster.Torture.Clusters;

/// <summary>Where a trial takes place: a PostgreSQL server of its own, and a model and a hashing key that all clusters and the local engine share.</summary>
internal sealed class ClusterGround : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PostgresServer _postgres;
    private readonly TortureGround _local;

    private ClusterGround(PostgresServer postgres, TortureSettings settings)
    {
        (_postgres, Settings) = (postgres, settings);
        _local = new TortureGround(_folder.Path, Model, new TortureOptions { Seed = settings.Seed });
    }

    public TortureSettings Settings { get; }

    /// <summary>Gets the data folder with the hashing key, the model and the thresholds.</summary>
    public string Model => _folder["model"];

    /// <summary>Gets the folder for what a trial writes.</summary>
    public string Folder => _folder.Path;

    /// <exception cref="TrialSkippedException">There is no PostgreSQL on this machine.</exception>
    public static async Task<ClusterGround> OpenAsync(TortureSettings settings, CancellationToken cancellation)
    {
        ClusterGround ground;
        try
        {
            ground = new ClusterGround(await PostgresServer.StartAsync(cancellation), settings);
        }
        catch (PostgresAbsentException absent)
        {
            throw new TrialSkippedException(absent.Message);
        }

        await new DataFolder(ground.Model).MakeStarterAsync(StarterOptions.Small, new Progress<double>(), cancellation);
        return ground;
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>How to reach it.</returns>
    public async Task<string> NewDatabaseAsync(string name, CancellationToken cancellation)
    {
        await using var server = NpgsqlDataSource.Create(_postgres.ConnectionString);
        await using var command = server.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync(cancellation);
        return new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Makes a cluster without silos: a database with Guard's tables, the model and the thresholds.</summary>
    /// <param name="name">The database's name.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <param name="more">Settings beside the usual ones, as environment variables.</param>
    public async Task<SiloCluster> NewClusterAsync(string name, CancellationToken cancellation, params (string Name, string Value)[] more)
    {
        var cluster = ClusterAt(await NewDatabaseAsync(name, cancellation), more);
        await cluster.RunAsync(cancellation, "schema", "--apply");
        await cluster.RunAsync(cancellation, "publish", "--from", Model);
        return cluster;
    }

    /// <summary>Makes a cluster without silos over a database that is there, or will be.</summary>
    /// <param name="database">How to reach it.</param>
    /// <param name="more">Settings beside the usual ones, as environment variables.</param>
    public SiloCluster ClusterAt(string database, params (string Name, string Value)[] more) => new(Settings, database, Path.Combine(Model, "hashing.key"), more);

    /// <summary>Runs the local engine over the first bodies of the stream, for comparison.</summary>
    public Task<ServerProcess> ReferenceAsync(string name, long bodies, Findings findings, CancellationToken cancellation) =>
        _local.ReferenceAsync(name, bodies, findings, new Progress<(double, string)>(), cancellation);

    /// <summary>Gets a random generator that depends on the seed and a name alone.</summary>
    public Random Random(string name) => _local.Random(name);

    public async ValueTask DisposeAsync()
    {
        await _postgres.DisposeAsync();
        _folder.Dispose();
    }
}
