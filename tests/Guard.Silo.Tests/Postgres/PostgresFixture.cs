using Guard.Silo.Schema;
using Guard.Silo.Tests.Postgres;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Guard.Silo.Tests.Postgres;

/// <summary>One PostgreSQL server for all tests of the assembly, or the reason why there is none.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresServer? _server;
    private string? _absence;

    public async ValueTask InitializeAsync()
    {
        try
        {
            _server = await PostgresServer.StartAsync(TestContext.Current.CancellationToken);
        }
        catch (PostgresAbsentException absent)
        {
            _absence = absent.Message;
        }
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Makes an empty database of a test's own; skips the test where there is no server.</summary>
    /// <returns>How to reach it.</returns>
    public async Task<string> NewDatabaseAsync()
    {
        Assert.SkipWhen(_absence is not null, _absence ?? "");
        var name = $"guard_{Guid.NewGuid():N}";
        await using var server = NpgsqlDataSource.Create(_server!.ConnectionString);
        await using var command = server.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Makes a database that holds Guard's tables.</summary>
    public async Task<string> NewGuardDatabaseAsync()
    {
        var connection = await NewDatabaseAsync();
        await using var database = NpgsqlDataSource.Create(connection);
        await DatabaseSchema.ApplyAsync(database, TestContext.Current.CancellationToken);
        return connection;
    }
}
