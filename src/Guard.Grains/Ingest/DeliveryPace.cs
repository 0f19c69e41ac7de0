using Guard.Grains.Streaming;

namespace Guard.Grains.Ingest;

/// <summary>
/// Keeps the deliveries of a stream apart, each of which becomes a segment of decisions and thereby a write: what comes meanwhile
/// waits in the stream's cache and makes up the next. One that comes after a pause goes at once, and so does all that follows
/// a full one, so that a partition with much to do is never held up.
/// </summary>
/// <param name="options">How far apart, and what is full; <see langword="null"/> where there is no hub.</param>
/// <param name="time">The clock.</param>
internal sealed class DeliveryPace(HubStreamOptions? options, TimeProvider time)
{
    /// <summary>Takes a delivery; ends when the next may come.</summary>
    /// <param name="messages">How many messages it holds.</param>
    /// <param name="deliver">Takes them.</param>
    /// <param name="stopping">Ends the wait.</param>
    public async Task RunAsync(int messages, Func<Task> deliver, CancellationToken stopping)
    {
        var start = time.GetTimestamp();
        await deliver();
        if (options is not null && messages < options.BatchSize && options.GatherFor - time.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }
}
