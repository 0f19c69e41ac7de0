using System.ComponentModel;
using System.Diagnostics;
using Guard.Silo.Tests.Hosting;
using Npgsql;

namespace Guard.Silo.Tests.Postgres;

/// <summary>A PostgreSQL server of the tests' own: a fresh folder, a free port of loopback, a user without rights. It ends with this process.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder _folder = new();
    private Process? _process;

    private PostgresServer(int port) => ConnectionString = $"Host=127.0.0.1;Port={port};Username=guard;Database=postgres;Timeout=30;Maximum Pool Size=40";

    /// <summary>Gets how to reach the server's own database.</summary>
    public string ConnectionString { get; }

    /// <exception cref="PostgresAbsentException">There is no PostgreSQL on this machine, or it does not start.</exception>
    public static async Task<PostgresServer> StartAsync(CancellationToken cancellationToken)
    {
        var programs = ProgramsFolder();
        var port = FreePorts.Take(1)[0];
        var server = new PostgresServer(port);
        try
        {
            var data = server._folder["data"];
            string[] user = [];
            if (Environment.UserName == "root")
            {
                // PostgreSQL refuses to run as root.
                user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"];
                await RunAsync(["chown", "nobody", server._folder.Path], cancellationToken);
            }

            await RunAsync([.. user, Path.Combine(programs, "initdb"), "-D", data, "-U", "guard", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], cancellationToken);
            server._process = Start([.. user, Path.Combine(programs, "postgres"), "-D", data, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "max_connections=300"]);
            _ = server._process.StandardError.ReadToEndAsync(cancellationToken);
            await server.ReadyAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false } process)
        {
            // SIGQUIT: at once, with all its children.
            await RunAsync(["kill", "-QUIT", $"{process.Id}"], CancellationToken.None);
            await process.WaitForExitAsync();
        }

        _process?.Dispose();
        _folder.Dispose();
    }

    private async Task ReadyAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_patience);
        await using var database = NpgsqlDataSource.Create(ConnectionString);
        while (true)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(limit.Token);
                return;
            }
            catch (NpgsqlException) when (!_process!.HasExited)
            {
                await Task.Delay(50, limit.Token);
            }
        }
    }

    /// <summary>Gets one of PostgreSQL's programs for operators, such as <c>pg_dump</c>.</summary>
    /// <exception cref="PostgresAbsentException">It is not on this machine.</exception>
    public static string ProgramOf(string name)
    {
        // What stands on the path may be a link to where all of them are.
        var postgres = Path.Combine(ProgramsFolder(), "postgres");
        var folder = Path.GetDirectoryName(File.ResolveLinkTarget(postgres, returnFinalTarget: true)?.FullName ?? postgres)!;
        var program = Path.Combine(folder, name);
        return File.Exists(program) ? program : throw new PostgresAbsentException($"{name} is absent: install Debian's package postgresql-client.");
    }

    private static string ProgramsFolder()
    {
        const string Debian = "/usr/lib/postgresql";
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var installed = Directory.Exists(Debian) ? Directory.GetDirectories(Debian).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")) : [];
        return path.Concat(installed).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb")))
            ?? throw new PostgresAbsentException("PostgreSQL is absent: install Debian's package postgresql, or put initdb and postgres on the path.");
    }


    private static Process Start(string[] command)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        }
        catch (Win32Exception)
        {
            throw new PostgresAbsentException($"PostgreSQL cannot be started: it needs {command[0]}, which is not on the path.");
        }
    }

    private static async Task RunAsync(string[] command, CancellationToken cancellationToken)
    {
        using var process = Start(command);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await output;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new PostgresAbsentException($"PostgreSQL cannot be started: {command[0]} ended with {process.ExitCode}: {errors.Trim()}");
        }
    }
}
