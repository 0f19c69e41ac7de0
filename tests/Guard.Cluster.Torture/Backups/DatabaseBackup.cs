using System.Diagnostics;
using System.Globalization;
using Guard.Cli.Processes;
using Guard.Silo.Tests.Postgres;
using Npgsql;

namespace Guard.Cluster.Torture.Backups;

/// <summary>A cluster's database by <c>pg_dump</c> and <c>pg_restore</c>.</summary>
/// <param name="connectionString">How to reach the database.</param>
/// <param name="file">Where the copy goes.</param>
internal sealed class DatabaseBackup(string connectionString, string file) : IStateBackup
{
    private readonly NpgsqlConnectionStringBuilder _database = new(connectionString);

    public Task TakeAsync(CancellationToken cancellation) => RunAsync("pg_dump", ["-Fc", "-f", file, "-d", _database.Database!], cancellation);

    public async Task RestoreAsync(CancellationToken cancellation)
    {
        await RunAsync("dropdb", ["--force", "--if-exists", _database.Database!], cancellation);
        await RunAsync("createdb", [_database.Database!], cancellation);
        await RunAsync("pg_restore", ["-d", _database.Database!, "--exit-on-error", file], cancellation);
    }

    private async Task RunAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        string[] command = ["-h", _database.Host!, "-p", _database.Port.ToString(CultureInfo.InvariantCulture), "-U", _database.Username!, .. arguments];
        using var process = Process.Start(new ProcessStartInfo(PostgresServer.ProgramOf(program), command) { RedirectStandardError = true, UseShellExecute = false })!;
        var errors = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
        {
            throw new ServerGoneException($"{program} ended with code {process.ExitCode}: {errors}");
        }
    }
}
