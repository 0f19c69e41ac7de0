using System.Diagnostics;
using System.Net.Sockets;
using Guard.Benchmarks.Load;

namespace Guard.Benchmarks.Redis;

/// <summary>A redis-server of its own that writes nothing to disk and listens on a Unix socket alone, which is its fastest setting.</summary>
internal sealed class RedisProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly Process _process;
    private readonly string _folder;

    private RedisProcess(Process process, string folder) => (_process, _folder) = (process, folder);

    /// <summary>Gets the time that the server spent on a processor.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Gets the bytes of physical memory that the server holds.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    private string SocketPath => Path.Combine(_folder, "redis.sock");

    /// <summary>Starts a server.</summary>
    /// <exception cref="LoadException">There is no redis-server, or it does not start.</exception>
    public static RedisProcess Start()
    {
        var folder = Directory.CreateTempSubdirectory("guard-redis-").FullName;
        try
        {
            var process = Process.Start(new ProcessStartInfo("redis-server", ["--port", "0", "--unixsocket", Path.Combine(folder, "redis.sock"), "--save", "", "--appendonly", "no", "--dir", folder])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
            process.BeginOutputReadLine();
            return new RedisProcess(process, folder);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new LoadException($"There is no redis-server on the path ({exception.Message}): install one (Debian: apt-get install redis-server).");
        }
    }

    /// <summary>Connects, as soon as the server listens.</summary>
    public async Task<Socket> ConnectAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));
                return socket;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(began) < s_patience && !_process.HasExited)
            {
                socket.Dispose();
                await Task.Delay(20);
            }
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
