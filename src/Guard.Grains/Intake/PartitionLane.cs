using Guard.Core.Hosting;
using Guard.Grains.Ingest;

namespace Guard.Grains.Intake;

/// <summary>
/// A silo's way to one HTTP partition: few calls are under way at one time, and what comes meanwhile goes together with the
/// next. Safe for concurrent use.
/// </summary>
/// <param name="grain">Finds the partition.</param>
/// <param name="retries">Calls again while the partition moves to another silo.</param>
/// <param name="stopped">Ends that: a silo that has stopped reaches no partition any more.</param>
internal sealed class PartitionLane(Func<IIngestGrain> grain, Retries retries, CancellationToken stopped)
{
    private const int MostCalls = 4;
    private const long MostBytes = 4 << 20;
    private readonly Lock _gate = new();
    private readonly Queue<(SentBody Body, TaskCompletionSource<BodyReceipt> Receipt)> _waiting = [];
    private int _calls;

    /// <summary>Sends a body; ends when it is decided.</summary>
    /// <exception cref="BusyException">The partition does not answer.</exception>
    public Task<BodyReceipt> SendAsync(SentBody body)
    {
        var receipt = new TaskCompletionSource<BodyReceipt>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Enqueue((body, receipt));
            if (_calls == MostCalls)
            {
                return receipt.Task;
            }

            _calls++;
        }

        _ = CallAsync();
        return receipt.Task;
    }

    private async Task CallAsync()
    {
        while (TakeWaiting() is { Count: > 0 } sent)
        {
            try
            {
                List<SentBody> bodies = [.. sent.Select(item => item.Body)];
                var receipts = await retries.RunAsync(() => grain().SendAsync(bodies), stopped);
                for (var index = 0; index < sent.Count; index++)
                {
                    sent[index].Receipt.SetResult(receipts[index]);
                }
            }
            catch (Exception exception)
            {
                var busy = new BusyException($"the cluster does not take events in for the moment ({exception.GetType().Name})", TimeSpan.FromSeconds(5), unfit: true);
                sent.ForEach(item => item.Receipt.TrySetException(busy));
            }
        }
    }

    private List<(SentBody Body, TaskCompletionSource<BodyReceipt> Receipt)> TakeWaiting()
    {
        lock (_gate)
        {
            var sent = new List<(SentBody, TaskCompletionSource<BodyReceipt>)>();
            for (var bytes = 0L; _waiting.TryPeek(out var next) && (sent.Count == 0 || bytes + next.Body.Events.Length <= MostBytes);)
            {
                bytes += next.Body.Events.Length;
                sent.Add(_waiting.Dequeue());
            }

            _calls -= sent.Count == 0 ? 1 : 0;
            return sent;
        }
    }
}
