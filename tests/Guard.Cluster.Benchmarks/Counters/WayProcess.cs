using Guard.Cluster.Benchmarks.Measuring;

namespace Guard.Cluster.Benchmarks.Counters;

/// <summary>A <see cref="WayHost"/> in a process of its own, as the one that compares sees it.</summary>
internal sealed class WayProcess(string name, int users, bool all, int shards) : IDisposable
{
    private readonly Child _child = Child.Start("way", name, $"{users}", all ? "all" : "users", $"{shards}");

    public string Name => name;

    public async Task<int[]> LanesAsync() => [.. (await _child.AskAsync("lanes")).Split(' ').Select(int.Parse)];

    /// <summary>Gets a hash of what is read of clicks that are counted one by one.</summary>
    public Task<string> ReadAsync(int clicks) => _child.AskAsync($"read {clicks}");

    /// <summary>Has every user click once.</summary>
    public Task FillAsync() => _child.AskAsync("fill");

    public async Task<Stretch> RunAsync(int lanes, double seconds) => Stretch.Parse(await _child.AskAsync($"run {lanes} {seconds}"));

    /// <summary>Gets the bytes that the heap gained since before the first click, after full collections, and those of the process before these.</summary>
    public async Task<(long Heap, long Resident)> MemoryAsync()
    {
        var numbers = (await _child.AskAsync("memory")).Split(' ');
        return (long.Parse(numbers[0]), long.Parse(numbers[1]));
    }

    public void Dispose() => _child.Dispose();
}
