using System.Runtime.CompilerServices;
using Guard.Core.Lifecycle;
using Npgsql;
using NpgsqlTypes;

namespace Guard.Silo.Storage;

/// <summary>Artifacts as rows of one table. Any number of processes may share it; a row's version is its entity tag.</summary>
/// <param name="database">The database, with the schema of <see cref="Schema.DatabaseSchema"/>.</param>
internal sealed class PostgresArtifactStore(NpgsqlDataSource database) : IArtifactStore
{
    /// <inheritdoc/>
    public async ValueTask<Artifact?> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        await using var command = Command("SELECT version, content FROM guard_artifact WHERE path = $1", path);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new Artifact(reader.GetFieldValue<byte[]>(1), TagOf(reader.GetInt64(0))) : null;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> CreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        if (await ReplaceAsync(path, content, expectedETag: null, cancellationToken) is not null)
        {
            return true;
        }

        return await ReadAsync(path, cancellationToken) is { } existing && existing.Content.Span.SequenceEqual(content.Span)
            ? false
            : throw new ArtifactConflictException($"{path}: other content stands there already, and a version never changes; publish under a new version.");
    }

    /// <inheritdoc/>
    public async ValueTask<string?> ReplaceAsync(string path, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellationToken = default)
    {
        const string Insert = "INSERT INTO guard_artifact (path, content) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING version";
        const string Update = "UPDATE guard_artifact SET content = $2, version = nextval('guard_artifact_version') WHERE path = $1 AND version = $3 RETURNING version";
        var expected = 0L;
        if (expectedETag is not null && !long.TryParse(expectedETag, out expected))
        {
            return null;
        }

        await using var command = Command(expectedETag is null ? Insert : Update, path);
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = content, NpgsqlDbType = NpgsqlDbType.Bytea });
        if (expectedETag is not null)
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = expected });
        }

        return await command.ExecuteScalarAsync(cancellationToken) is long version ? TagOf(version) : null;
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string path, CancellationToken cancellationToken = default)
    {
        await using var command = Command("DELETE FROM guard_artifact WHERE path = $1", path);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // '0' is the character after '/'.
        await using var command = Command("SELECT path FROM guard_artifact WHERE path > $1 AND path < $2 ORDER BY path", folder, "/");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Checked(folder) + "0" });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return reader.GetString(0);
        }
    }

    private static string TagOf(long version) => version.ToString();

    private static string Checked(string path) => string.Join('/', ArtifactPath.Split(path));

    private NpgsqlCommand Command(string sql, string path, string suffix = "")
    {
        var checkedPath = Checked(path) + suffix;
        var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = checkedPath });
        return command;
    }
}
