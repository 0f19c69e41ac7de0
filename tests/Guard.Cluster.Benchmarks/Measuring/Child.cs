using System.Diagnostics;
using Guard.Benchmarks.Load;
using Guard.Cluster.Benchmarks.Measuring;

namespace Guard.Cluster.Benchmarks.Counters;

/// <summary>A <see cref="WayHost"/> in a process of its own, as the one that compares sees it.</summary>
internal sealed class WayProcess : IDisposable
{
    private readonly Process _process;

    private WayProcess(string name, Process process) => (Name, _process) = (name, process);

    public string Name { get; }

    public static WayProcess Start(string name, int users, bool all, int shards) => new(name, Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, [.. Host, "way", name, $"{users}", all ? "all" : "users", $"{shards}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!);

    public async Task<int[]> LanesAsync() => [.. (await AskAsync("lanes")).Split(' ').Select(int.Parse)];

    /// <summary>Gets a hash of what is read of clicks that are counted one by one.</summary>
    public Task<string> ReadAsync(int clicks) => AskAsync($"read {clicks}");

    /// <summary>Has every user click once.</summary>
    public Task FillAsync() => AskAsync("fill");

    public async Task<Stretch> RunAsync(int lanes, double seconds) => Stretch.Parse(await AskAsync($"run {lanes} {seconds}"));

    /// <summary>Gets the bytes that the heap gained since before the first click, after full collections, and those of the process before these.</summary>
    public async Task<(long Heap, long Resident)> MemoryAsync()
    {
        var numbers = (await AskAsync("memory")).Split(' ');
        return (long.Parse(numbers[0]), long.Parse(numbers[1]));
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    // `dotnet run` starts the program's own executable, `dotnet x.dll` the shared one.
    private static string[] Host => Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(WayProcess).Assembly.Location] : [];

    private async Task<string> AskAsync(string question)
    {
        await _process.StandardInput.WriteLineAsync(question);
        return await _process.StandardOutput.ReadLineAsync() ?? throw new LoadException($"The process that counts by {Name} ended before it answered; what it wrote stands above.");
    }
}
