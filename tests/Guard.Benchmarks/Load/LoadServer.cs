using System.Diagnostics;
using Guard.Cli.Options;
using Guard.Cli.Processes;
using Guard.Starter;

namespace Guard.Benchmarks.Load;

/// <summary>A real <c>guard serve</c> in a folder of its own, on the processors that the command line names.</summary>
internal sealed class LoadServer : IAsyncDisposable
{
    private readonly ServerLaunch _launch;

    private LoadServer(ServerLaunch launch, string folder, ServerProcess process) => (_launch, Folder, Process) = (launch, folder, process);

    /// <summary>Gets the folder of its data.</summary>
    public string Folder { get; }

    /// <summary>Gets the process that runs at this time.</summary>
    public ServerProcess Process { get; private set; }

    /// <summary>Makes a starter model and starts a server.</summary>
    /// <param name="arguments"><c>--program</c>, <c>--server-cpus</c>, <c>--load-cpus</c>, <c>--workers</c>, <c>--folder</c>.</param>
    /// <param name="settings">Settings of the server, beside those that lift its limit of requests.</param>
    public static async Task<LoadServer> StartAsync(LoadArguments arguments, params (string Name, string Value)[] settings)
    {
        var cpus = arguments.Text("--server-cpus");
        if (arguments.Text("--load-cpus") is { } own)
        {
            if (!OperatingSystem.IsLinux())
            {
                throw new LoadException("--load-cpus needs Linux.");
            }

            using var self = System.Diagnostics.Process.GetCurrentProcess();
            self.ProcessorAffinity = own.Split(',').Aggregate((nint)0, (mask, cpu) => mask | ((nint)1 << int.Parse(cpu)));
        }

        var folder = arguments.Text("--folder") is { } under ? Path.Combine(under, $"guard-load-{Environment.ProcessId}") : Directory.CreateTempSubdirectory("guard-load-").FullName;
        await new DataFolder(folder).MakeStarterAsync(arguments.IsShort ? StarterOptions.Small : StarterOptions.Default, new Progress<double>(), CancellationToken.None);
        var environment = settings.ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal);
        environment.TryAdd("GUARD__SERVER__REQUESTSPERSECOND", "10000000");
        var launch = new ServerLaunch(folder)
        {
            Program = arguments.Text("--program"),
            Wrapper = cpus is null ? [] : ["taskset", "-c", cpus],
            Arguments = arguments.Text("--workers") is { } workers ? ["--workers", workers] : [],
            Environment = environment,
        };
        return new LoadServer(launch, folder, await ServerProcess.StartReadyAsync(launch, CancellationToken.None));
    }

    /// <summary>Opens connections to one address of the API.</summary>
    public HttpConnection[] Connect(int count, string path, string contentType) =>
        [.. Enumerable.Range(0, count).Select(_ => HttpConnection.Open(Process.Api.Address, path, contentType))];

    /// <summary>Starts the process again.</summary>
    /// <param name="kill">Whether the one that runs is killed rather than asked to end.</param>
    /// <returns>The time from the start of the new process until it is ready.</returns>
    public async Task<TimeSpan> RestartAsync(bool kill)
    {
        if (kill)
        {
            Process.Kill();
            await Process.ExitAsync(CancellationToken.None);
        }
        else
        {
            await Process.StopAsync(CancellationToken.None);
        }

        await Process.DisposeAsync();
        var began = Stopwatch.GetTimestamp();
        Process = await ServerProcess.StartReadyAsync(_launch, CancellationToken.None);
        return Stopwatch.GetElapsedTime(began);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
