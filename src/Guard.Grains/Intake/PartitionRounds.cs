using System.Globalization;
using Guard.Grains.Ingest;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Guard.Grains.Intake;

/// <summary>
/// Sees to it that every HTTP partition lives somewhere: one whose silo was lost decides what its log holds before anybody
/// sends to it again.
/// </summary>
internal sealed partial class PartitionRounds(IGrainFactory grains, EventLog log, IOptions<ClusterOptions> options, TimeProvider time, ILogger<PartitionRounds> logger) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(5);
    private readonly HashSet<int> _faults = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        var partitions = Enumerable.Range(HttpPartitions.First, options.Value.HttpPartitions).ToHashSet();
        var isFirst = true;
        do
        {
            try
            {
                // Fewer partitions than before leave logs behind, which are decided all the same.
                partitions.UnionWith(isFirst ? await log.PartitionsAsync(stoppingToken) : []);
                isFirst = false;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogUnlisted(exception.GetType().Name);
            }

            await Task.WhenAll(partitions.Select(partition => CatchUpAsync(partition, stoppingToken)));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task CatchUpAsync(int partition, CancellationToken stopping)
    {
        string? fault = null;
        try
        {
            await grains.GetGrain<IIngestGrain>(partition.ToString(CultureInfo.InvariantCulture)).CatchUpAsync().WaitAsync(stopping);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            fault = exception.GetType().Name;
        }

        lock (_faults)
        {
            if (fault is null)
            {
                _faults.Remove(partition);
            }
            else if (_faults.Add(partition))
            {
                LogNotCaughtUp(partition, fault);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The logs of events cannot be listed ({Reason}); trying again.")]
    private partial void LogUnlisted(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Partition {Partition} did not answer ({Reason}); asking again.")]
    private partial void LogNotCaughtUp(int partition, string reason);
}
