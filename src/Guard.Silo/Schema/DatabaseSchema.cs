using Npgsql;

namespace Guard.Silo.Schema;

/// <summary>The tables and queries of a cluster in PostgreSQL: those of Orleans' ADO.NET providers, and of <see cref="Storage.PostgresArtifactStore"/>.</summary>
internal static class DatabaseSchema
{
    // Any number does that nobody else takes: two who apply at once go one after the other.
    private const long Lock = 0x4755_4152_44;

    /// <summary>Gets the scripts, in their order.</summary>
    public static IReadOnlyList<string> Scripts { get; } = [Read("tables.sql"), Read("queries.sql")];

    /// <summary>Applies all scripts in one transaction; what stands already stays.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached, or refuses.</exception>
    public static async Task ApplyAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync($"SELECT pg_advisory_xact_lock({Lock})");
        foreach (var script in Scripts)
        {
            await RunAsync(script);
        }

        await transaction.CommitAsync(cancellationToken);

        async Task RunAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Gets whether a database holds the schema of this build.</summary>
    public static async Task<bool> IsAppliedAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT to_regclass('OrleansQuery') IS NOT NULL AND to_regclass('guard_artifact') IS NOT NULL AND to_regclass('guard_reminder') IS NOT NULL");
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private static string Read(string name)
    {
        using var stream = typeof(DatabaseSchema).Assembly.GetManifestResourceStream($"Guard.Silo.Schema.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
