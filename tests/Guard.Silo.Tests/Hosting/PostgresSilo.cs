using Guard.Silo.Tests.Postgres;

namespace Guard.Silo.Tests.Hosting;

/// <summary>The settings of a silo whose cluster is kept in PostgreSQL.</summary>
internal static class PostgresSilo
{
    public const string HashingKey = "000102030405060708090a0b0c0d0e0f";

    /// <summary>Makes a database and a hashing key of a test's own; skips the test where there is no server.</summary>
    public static async Task<(string Key, string? Value)[]> SettingsAsync(PostgresFixture postgres, TemporaryFolder folder) =>
    [
        ("Guard:Clustering:Kind", "AdoNet"), ("Guard:Clustering:ConnectionString", await postgres.NewGuardDatabaseAsync()),
        ("Guard:HashingKeyFile", folder.Write("hashing.key", HashingKey)), ("Guard:Clustering:ProbeTimeout", "00:00:01"),
    ];
}
