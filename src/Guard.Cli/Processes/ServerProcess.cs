using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Guard.Cli.Api;

namespace Guard.Cli.Processes;

/// <summary>A <c>guard serve</c> in a process of its own, on a free port of the loopback interface.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private const int KeptErrors = 20;
    private readonly Process _process;
    private readonly Queue<string> _errors = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _output = new();
    private GuardApi? _api;

    private ServerProcess(Process process) => _process = process;

    /// <summary>Gets the process's id; with a wrapper that does not replace itself, the wrapper's.</summary>
    public int Id => _process.Id;

    /// <summary>Gets the server's API, once it listens.</summary>
    public GuardApi Api => _api ?? throw new InvalidOperationException("The server does not listen yet.");

    public bool HasExited => _process.HasExited;

    /// <summary>Gets the lines that the server has written to its output.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Gets the last lines that the server wrote to its error stream, in one line.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return string.Join(" | ", _errors);
            }
        }
    }

    /// <summary>Gets the bytes of physical memory that the process holds.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts a server; it does not listen yet.</summary>
    public static ServerProcess Start(ServerLaunch launch) =>
        Start([.. launch.Wrapper, .. launch.Program is { } program ? [program] : GuardCommandLine(), "serve", "--data", launch.Data, "--url", "http://127.0.0.1:0", "--log", launch.LogLevel, .. launch.Arguments], launch.Environment);

    /// <summary>Starts any program that serves Guard's API and writes the address first.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">Environment variables beside those of this process.</param>
    public static ServerProcess Start(string[] command, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        // Who is killed leaves the pipes of debuggers and profilers behind where temporary files go.
        start.Environment.TryAdd("DOTNET_EnableDiagnostics", "0");
        var server = new ServerProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        server._process.OutputDataReceived += (_, line) => server.Read(line.Data);
        server._process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
        server._process.Exited += (_, _) => server._listening.TrySetException(new ServerGoneException("the server ended before it listened"));
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Starts a server and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartReadyAsync(ServerLaunch launch, CancellationToken cancellation)
    {
        var server = Start(launch);
        try
        {
            await server.ReadyAsync(TimeSpan.FromMinutes(2), cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the server takes events.</summary>
    /// <exception cref="ServerGoneException">It ended instead, or took longer; the message holds what it wrote.</exception>
    public async Task ReadyAsync(TimeSpan patience, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            var address = await _listening.Task.WaitAsync(limit.Token);
            _api ??= new GuardApi(address);
            while (!await _api.IsReadyAsync(limit.Token))
            {
                ObjectDisposedException.ThrowIf(HasExited, this);
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit.Token);
            }
        }
        catch (Exception exception) when (exception is ServerGoneException or ObjectDisposedException)
        {
            await _process.WaitForExitAsync(cancellation);
            throw new ServerGoneException($"the server ended with code {_process.ExitCode} before it was ready: {Errors}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ServerGoneException($"the server was not ready after {patience.TotalSeconds:N0} s: {Errors}");
        }
    }

    /// <summary>Ends the process at once, as a power cut would (SIGKILL).</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for the process to end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode;
    }

    /// <summary>Asks the process to end (SIGTERM), and waits for it.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(CancellationToken cancellation)
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(cancellation);
        }

        return await ExitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        if (!_process.HasExited)
        {
            Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    /// <summary>The command that runs this very program, from wherever it was started.</summary>
    private static string[] GuardCommandLine()
    {
        var library = typeof(CommandLine).Assembly.Location;
        var program = Path.ChangeExtension(library, null);
        return File.Exists(program) ? [program] : [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", library];
    }

    // What a server logs before may hold other addresses.
    [GeneratedRegex(@"^console\s+(?<address>https?://\S+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AddressPattern { get; }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (AddressPattern.Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Groups["address"].Value.TrimEnd('/') + "/"));
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_errors)
            {
                _errors.Enqueue(line);
                if (_errors.Count > KeptErrors)
                {
                    _errors.Dequeue();
                }
            }
        }
    }
}
