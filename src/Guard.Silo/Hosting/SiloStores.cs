using Azure.Storage.Blobs;
using Guard.Azure.Artifacts;
using Guard.Azure.Storage;
using Guard.Core.Clicks;
using Guard.Core.Lifecycle;
using Guard.Engine.Artifacts;
using Guard.Engine.Intake;
using Guard.Silo.Configuration;
using Guard.Silo.Schema;
using Guard.Silo.Storage;
using Npgsql;

namespace Guard.Silo.Hosting;

/// <summary>What a silo keeps and reads outside itself, opened before it starts, so that what is wrong with it shows at once.</summary>
internal sealed class SiloStores : IAsyncDisposable
{
    private SiloStores(IArtifactStore artifacts, KeyedHash hash, NpgsqlDataSource? database, BlobContainerClient? checkpoints) =>
        (Artifacts, Hash, Database, Checkpoints) = (artifacts, hash, database, checkpoints);

    public IArtifactStore Artifacts { get; }

    public KeyedHash Hash { get; }

    public NpgsqlDataSource? Database { get; }

    /// <summary>Gets the container of the event hub's positions, where one is configured.</summary>
    public BlobContainerClient? Checkpoints { get; }

    /// <exception cref="SiloConfigurationException">Something is not there, or does not let the silo in; the message says what mends it.</exception>
    public static async Task<SiloStores> OpenAsync(SiloOptions options, CancellationToken cancellationToken)
    {
        NpgsqlDataSource? database = null;
        try
        {
            var hash = HashOf(options);
            database = options.Clustering.Kind == ClusteringKind.AdoNet ? await ConnectAsync(options, cancellationToken) : null;
            IArtifactStore own = database is null ? new FileArtifactStore(Path.Combine(options.Folder, "artifacts")) : new PostgresArtifactStore(database);
            var artifacts = await BlobsAsync(options.Artifacts, nameof(options.Artifacts), cancellationToken);
            var state = await BlobsAsync(options.State, nameof(options.State), cancellationToken);
            var checkpoints = await BlobsAsync(options.EventHubs?.Checkpoints, "EventHubs:Checkpoints", cancellationToken);
            var versions = Of(artifacts) ?? own;
            var folders = new Dictionary<string, IArtifactStore>(StringComparer.Ordinal) { ["models"] = versions, ["thresholds"] = versions };
            await HashingKeyCheck.RunAsync(Of(state) ?? own, hash, cancellationToken);
            return new SiloStores(new RoutedArtifactStore(folders, Of(state) ?? own), hash, database, checkpoints);
        }
        catch (Exception exception)
        {
            await (database?.DisposeAsync() ?? ValueTask.CompletedTask);
            if (exception is IOException or UnauthorizedAccessException)
            {
                throw new SiloConfigurationException($"Guard:Folder does not do: {exception.Message}; name a folder that the silo may write to, in a container one on a volume.", exception);
            }

            throw;
        }
    }

    /// <summary>Prepares to talk to the database; nothing is sent yet.</summary>
    /// <exception cref="SiloConfigurationException">The connection string cannot be read.</exception>
    public static NpgsqlDataSource DatabaseOf(string connectionString)
    {
        try
        {
            return new NpgsqlDataSourceBuilder(connectionString).Build();
        }
        catch (ArgumentException exception)
        {
            throw new SiloConfigurationException("Guard:Clustering:ConnectionString does not do: give key=value pairs such as Host=localhost;Database=guard;Username=guard;Password=….", exception);
        }
    }

    public ValueTask DisposeAsync() => Database?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static KeyedHash HashOf(SiloOptions options)
    {
        var path = options.HashingKeyFile ?? Path.Combine(options.Folder, "hashing.key");
        if (options.HashingKeyFile is null)
        {
            Directory.CreateDirectory(options.Folder);
        }
        else if (!File.Exists(path))
        {
            // A silo that made its own key would count everyone anew.
            throw new SiloConfigurationException($"Guard:HashingKeyFile does not do: there is no file {path}; put the key there that all silos share, 32 hexadecimal digits.");
        }

        try
        {
            return new KeyedHash(HashingKeyFile.LoadOrCreate(path));
        }
        catch (InputException exception)
        {
            throw new SiloConfigurationException($"Guard:HashingKeyFile does not do: {exception.Message}", exception);
        }
    }

    private static async Task<NpgsqlDataSource> ConnectAsync(SiloOptions options, CancellationToken cancellationToken)
    {
        var database = DatabaseOf(options.Clustering.ConnectionString!);
        try
        {
            return await DatabaseSchema.IsAppliedAsync(database, cancellationToken)
                ? database
                : throw new SiloConfigurationException("Guard:Clustering:ConnectionString: the database does not hold Guard's tables; run the silo once with `schema --apply`.");
        }
        catch (NpgsqlException exception)
        {
            await database.DisposeAsync();
            throw new SiloConfigurationException($"Guard:Clustering:ConnectionString: the database does not answer as it should: {exception.Message}", exception);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    private static async Task<BlobContainerClient?> BlobsAsync(BlobStorageOptions? options, string section, CancellationToken cancellationToken)
    {
        try
        {
            return options is null ? null : await BlobContainers.OpenAsync(options, cancellationToken: cancellationToken);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or global::Azure.RequestFailedException or global::Azure.Identity.AuthenticationFailedException or AggregateException)
        {
            throw new SiloConfigurationException($"Guard:{section}: {exception.Message}", exception);
        }
    }

    private static BlobArtifactStore? Of(BlobContainerClient? container) => container is null ? null : new BlobArtifactStore(container);
}
