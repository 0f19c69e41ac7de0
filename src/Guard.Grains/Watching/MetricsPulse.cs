using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Guard.Grains.Watching;

/// <summary>Has Guard's own metrics told at intervals. Every silo asks, so that they go on wherever one is lost; asked more often they tell nothing twice.</summary>
internal sealed partial class MetricsPulse(IGrainFactory grains, IOptions<ClusterOptions> options, TimeProvider time, ILogger<MetricsPulse> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Watching.MetricsEvery, time);
        var failed = false;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await grains.GetGrain<ISliceMetricsGrain>(ISliceMetricsGrain.Key).PullAsync().WaitAsync(stoppingToken);
                failed = false;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (!failed)
                {
                    LogFailed(exception.GetType().Name);
                }

                failed = true;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Guard's own metrics were not told ({Reason}); they are told later.")]
    private partial void LogFailed(string reason);
}
