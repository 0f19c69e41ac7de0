using Guard.Core.Lifecycle;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Guard.Grains.Ingest;

/// <summary>
/// Deletes rejected events that are older than <see cref="ClusterOptions.KeepQuarantineFor"/>, in whatever store there is.
/// Every silo looks, since what one deleted the others do not find.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="options">How long they are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where failures are told.</param>
internal sealed partial class QuarantineRetention(IArtifactStore store, IOptions<ClusterOptions> options, TimeProvider time, ILogger<QuarantineRetention> logger) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_look, time);
        do
        {
            try
            {
                await DeleteAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task DeleteAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var deleted = 0;
        await foreach (var path in store.ListAsync(QuarantinePath.Folder, cancellationToken))
        {
            if (QuarantinePath.EndOf(path) is not { } end)
            {
                // An earlier build wrote none, or the hub told no time: it counts from now on.
                await MoveAsync(path, now, cancellationToken);
            }
            else if (end + options.Value.KeepQuarantineFor <= now)
            {
                await store.DeleteAsync(path, cancellationToken);
                deleted++;
            }
            else
            {
                break;
            }
        }

        if (deleted > 0)
        {
            LogDeleted(deleted);
        }
    }

    private async Task MoveAsync(string path, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(path, cancellationToken) is { } rows)
        {
            await store.CreateAsync(QuarantinePath.Of(now.ToUnixTimeMilliseconds(), path[(QuarantinePath.Folder.Length + 1)..]), rows.Content, cancellationToken);
            await store.DeleteAsync(path, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {Count} files of rejected events that were kept for long enough.")]
    private partial void LogDeleted(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old rejected events could not be deleted ({Reason}); the next look is in an hour.")]
    private partial void LogFailed(string reason);
}
