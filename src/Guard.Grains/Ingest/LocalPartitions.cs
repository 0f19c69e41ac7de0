using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace Guard.Grains.Ingest;

/// <summary>
/// Moves the committed positions of a silo's partitions when the process is told to stop, while the silo still serves: once
/// grains are being deactivated it is too late, and the next owner would replay. Safe for concurrent use.
/// </summary>
/// <param name="grains">Finds the partitions.</param>
/// <param name="time">Bounds the wait.</param>
internal sealed class LocalPartitions(IGrainFactory grains, TimeProvider time) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<string, bool> _partitions = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Gets a token that ends what partitions of this silo still wait for, once they had their time to commit.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public void Add(string partition) => _partitions[partition] = true;

    public void Remove(string partition) => _partitions.TryRemove(partition, out _);

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var commits = Task.WhenAll(_partitions.Keys.Select(partition => grains.GetGrain<IIngestGrain>(partition).CommitAsync()));

        // What fails or takes longer, the next owner replays.
        await Task.WhenAny(commits, Task.Delay(s_patience, time, cancellationToken));
        await _stopping.CancelAsync();
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();
}
