using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Guard.Cli.Processes;
using Guard.Silo.Tests.Hosting;

namespace Guard.Cluster.Torture.Clusters;

/// <summary>Silos of one cluster, each a process of its own on free ports of this machine. Safe for concurrent use.</summary>
internal sealed class SiloCluster : IAsyncDisposable
{
    private const int LinesTold = 5;
    private static readonly TimeSpan s_starting = TimeSpan.FromMinutes(2);
    private readonly TortureSettings _settings;
    private readonly Dictionary<string, string> _environment;
    private ImmutableList<ServerProcess> _silos = [];
    private ImmutableList<ServerProcess> _gone = [];
    private int _turn;

    public SiloCluster(TortureSettings settings, string database, string hashingKeyFile, IEnumerable<(string Name, string Value)> more)
    {
        (_settings, Database) = (settings, database);
        _environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["GUARD__CLUSTERING__KIND"] = "AdoNet",
            ["GUARD__CLUSTERING__CONNECTIONSTRING"] = database,
            ["GUARD__CLUSTERING__PROBETIMEOUT"] = settings.ProbeTimeout.ToString("c", CultureInfo.InvariantCulture),
            ["GUARD__HASHINGKEYFILE"] = hashingKeyFile,
            ["GUARD__LISTEN"] = "127.0.0.1:0",
            ["GUARD__POLICY__POLLEVERY"] = "00:00:00.250",

            // So often that faults meet a commit too.
            ["GUARD__GRAINS__COMMITEVERY"] = "00:00:01",

            // Server GC reserves memory by processor, for each of the silos.
            ["DOTNET_gcServer"] = "0",
        };
        foreach (var (name, value) in more)
        {
            _environment[name] = value;
        }
    }

    public string Database { get; }

    /// <summary>Gets the silos that were started and neither killed nor stopped, oldest first.</summary>
    public IReadOnlyList<ServerProcess> Silos => _silos;

    /// <summary>Gets one silo after the other; <see langword="null"/> where there is none.</summary>
    public ServerProcess? Next()
    {
        var silos = _silos;
        return silos.Count == 0 ? null : silos[(int)((uint)Interlocked.Increment(ref _turn) % silos.Count)];
    }

    /// <summary>Starts a silo, and hands it out once it is ready.</summary>
    /// <param name="cancellation">Stops waiting.</param>
    /// <param name="program">The folder of the program; <see langword="null"/> for the usual one.</param>
    public async Task<ServerProcess> StartAsync(CancellationToken cancellation, string? program = null)
    {
        var ports = FreePorts.Take(2);
        var environment = new Dictionary<string, string>(_environment, StringComparer.Ordinal)
        {
            ["GUARD__ENDPOINTS__SILOPORT"] = $"{ports[0]}",
            ["GUARD__ENDPOINTS__GATEWAYPORT"] = $"{ports[1]}",
        };
        var silo = ServerProcess.Start(Command(program), environment);
        try
        {
            await silo.ReadyAsync(s_starting, cancellation);
        }
        catch (ServerGoneException gone)
        {
            await silo.DisposeAsync();
            throw new ServerGoneException($"{gone.Message}; the silo's log ends: {string.Join(" | ", silo.Output.TakeLast(LinesTold))}");
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }

        ImmutableInterlocked.Update(ref _silos, (all, one) => all.Add(one), silo);
        return silo;
    }

    /// <summary>Starts all the silos that a cluster has.</summary>
    public Task StartAllAsync(CancellationToken cancellation) =>
        Task.WhenAll(Enumerable.Range(0, _settings.Silos).Select(_ => StartAsync(cancellation)));

    /// <summary>Ends a silo as a power cut would (SIGKILL).</summary>
    public async Task KillAsync(ServerProcess silo, CancellationToken cancellation)
    {
        Leave(silo);
        silo.Kill();
        await silo.ExitAsync(cancellation);
    }

    /// <summary>Tells a silo to stop (SIGTERM), as an orchestrator does, and waits for its end.</summary>
    /// <returns>Its exit code, and its last errors.</returns>
    public async Task<(int Code, string Errors)> StopAsync(ServerProcess silo, CancellationToken cancellation)
    {
        Leave(silo);
        return (await silo.StopAsync(cancellation), silo.Errors);
    }

    /// <summary>Sends nothing more to a silo. It is disposed with the cluster: a request may still be under way to it.</summary>
    public void Leave(ServerProcess silo)
    {
        ImmutableInterlocked.Update(ref _silos, (all, one) => all.Remove(one), silo);
        ImmutableInterlocked.Update(ref _gone, (all, one) => all.Add(one), silo);
    }

    /// <summary>Runs a command of the silo's program.</summary>
    /// <returns>What it wrote.</returns>
    /// <exception cref="ServerGoneException">It failed; the message holds what it wrote.</exception>
    public async Task<string> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        string[] command = [.. Command(null), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0 ? output : throw new ServerGoneException($"`{string.Join(' ', arguments)}` ended with code {process.ExitCode}: {await errors}");
    }

    /// <summary>Sets an environment variable of silos that start from now on.</summary>
    public void Set(string name, string value) => _environment[name] = value;

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos.AddRange(_gone))
        {
            await silo.DisposeAsync();
        }
    }

    private string[] Command(string? program)
    {
        var folder = program ?? _settings.Program;
        var file = Path.Combine(folder, "Guard.Silo");
        return File.Exists(file) ? [file] : [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", file + ".dll"];
    }
}
