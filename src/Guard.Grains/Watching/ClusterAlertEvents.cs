using Guard.Core.Hosting;
using Microsoft.Extensions.Options;

namespace Guard.Grains.Watching;

/// <summary>Starts and ends of a cluster's alerts, from its book. Where the book's silo is lost, the next one is asked.</summary>
internal sealed class ClusterAlertEvents(IGrainFactory grains, IOptions<ClusterOptions> options, TimeProvider time) : IAlertEvents
{
    private const int MostEvents = 1_000;
    private readonly Retries _retries = new(time, options.Value.RetryFor);

    private IAlertBookGrain Book => grains.GetGrain<IAlertBookGrain>(IAlertBookGrain.Key);

    /// <inheritdoc/>
    public async ValueTask<long> LastAsync(CancellationToken cancellationToken = default) => await _retries.RunAsync(() => Book.LastAsync(), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<AlertEvent>> ReadAsync(long after, int maximum, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximum, MostEvents);
        var events = await _retries.RunAsync(() => Book.ReadAsync(after, maximum), cancellationToken);
        return [.. events.Select(static one => one.ToEvent())];
    }

    /// <inheritdoc/>
    public async ValueTask WaitAsync(long after, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        while (await _retries.RunAsync(() => Book.WaitAsync(after).WaitAsync(cancellationToken), cancellationToken) <= after)
        {
        }
    }
}
