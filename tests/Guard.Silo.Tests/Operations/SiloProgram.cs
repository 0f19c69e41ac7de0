using System.Diagnostics;
using System.Threading.Channels;
using Guard.Silo.Tests.Hosting;

namespace Guard.Silo.Tests.Operations;

/// <summary>The silo's program, running as a process of its own on free ports.</summary>
internal sealed class SiloProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _errors = [];

    private SiloProgram(Process process, int port)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.Add(line.Data ?? "");
            }
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public HttpClient Client { get; }

    public int Port => Client.BaseAddress!.Port;

    /// <summary>Gets what it said on its error output.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return string.Join('\n', _errors);
            }
        }
    }

    /// <summary>Starts the program with a folder, and settings such as <c>GUARD__CLUSTERING__KIND</c>.</summary>
    public static SiloProgram Start(string folder, params (string Name, string Value)[] settings)
    {
        var ports = FreePorts.Take(3);
        var start = new ProcessStartInfo("dotnet", [typeof(Guard.Silo.Configuration.SiloOptions).Assembly.Location])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        (string, string)[] all =
        [
            ("GUARD__LISTEN", $"127.0.0.1:{ports[0]}"), ("GUARD__ENDPOINTS__SILOPORT", $"{ports[1]}"), ("GUARD__ENDPOINTS__GATEWAYPORT", $"{ports[2]}"),
            ("GUARD__FOLDER", Path.Combine(folder, "guard-silo-data")), .. settings,
        ];
        foreach (var (name, value) in all)
        {
            start.Environment[name] = value;
        }

        return new SiloProgram(new Process { StartInfo = start }, ports[0]);
    }

    /// <summary>Reads its output up to a line that begins so.</summary>
    /// <returns>What was read, the line included; less where the program ended before.</returns>
    public async Task<List<string>> ReadToAsync(string beginning)
    {
        var lines = new List<string>();
        await foreach (var line in _lines.Reader.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            lines.Add(line);
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                break;
            }
        }

        return lines;
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Kills it as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        Client.Dispose();
        _process.Dispose();
    }

    private void Add(string? line)
    {
        if (line is null)
        {
            _lines.Writer.TryComplete();
        }
        else
        {
            _lines.Writer.TryWrite(line);
        }
    }
}
