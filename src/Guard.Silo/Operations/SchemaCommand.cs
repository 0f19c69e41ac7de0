using Guard.Silo.Configuration;
using Guard.Silo.Hosting;
using Guard.Silo.Schema;
using Npgsql;

namespace Guard.Silo.Operations;

/// <summary>Makes what a cluster over PostgreSQL needs.</summary>
internal static class SchemaCommand
{
    /// <summary>Prints the scripts, for those who let nobody but themselves into their database.</summary>
    public static async Task PrintAsync(TextWriter output)
    {
        foreach (var script in DatabaseSchema.Scripts)
        {
            await output.WriteLineAsync(script);
        }
    }

    /// <exception cref="SiloConfigurationException">There is no database, or it refuses.</exception>
    public static async Task ApplyAsync(IConfiguration configuration, TextWriter output, CancellationToken cancellation)
    {
        // Only the database is looked at, so that a job can apply the schema without a silo's keys and certificates.
        var clustering = configuration.GetSection($"{SiloConfiguration.Section}:Clustering").Get<ClusteringSettings>() ?? new ClusteringSettings();
        Setting.Require(clustering.ConnectionString is { Length: > 0 }, "Clustering", nameof(clustering.ConnectionString), "give PostgreSQL's connection string");
        await using var database = SiloStores.DatabaseOf(clustering.ConnectionString!);
        try
        {
            await DatabaseSchema.ApplyAsync(database, cancellation);
        }
        catch (NpgsqlException exception)
        {
            throw new SiloConfigurationException($"{SiloConfiguration.Section}:Clustering:ConnectionString: {exception.Message}", exception);
        }

        await output.WriteLineAsync("The database holds Guard's tables.");
    }
}
