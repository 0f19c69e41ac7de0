using Guard.Cli.Torture;

namespace Guard.Cluster.Torture.Clusters;

/// <summary>
/// A producer that sends body after body in order, each to another silo, until it is told to stop. It knows how long the
/// cluster has not taken anything in, which is what a fault costs.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private readonly SiloCluster _cluster;
    private readonly TortureStream _stream;
    private readonly CancellationTokenSource _end;
    private readonly Task _sending;
    private long _sent;
    private long _unreached;
    private volatile bool _stop;

    private Load(SiloCluster cluster, TortureStream stream, Producer producer, CancellationToken cancellation)
    {
        (_cluster, _stream, Producer) = (cluster, stream, producer);
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _sending = Task.Run(SendAsync, cancellation);
    }

    public Producer Producer { get; }

    /// <summary>Gets the bodies acknowledged so far.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Gets how often a silo was not there, or went away before it answered.</summary>
    public long Unreached => Interlocked.Read(ref _unreached);

    /// <summary>Begins to send.</summary>
    /// <param name="cluster">The silos.</param>
    /// <param name="seed">The seed of the stream.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <param name="cancellation">Stops at once.</param>
    /// <param name="after">How many bodies of the stream are left out: the cluster has them already.</param>
    public static Load Start(SiloCluster cluster, int seed, Findings findings, CancellationToken cancellation, long after = 0)
    {
        var stream = new TortureStream(seed);
        for (var body = 0L; body < after; body++)
        {
            stream.MoveNext();
        }

        return new Load(cluster, stream, new Producer(stream, findings), cancellation);
    }

    /// <summary>Waits until more bodies are acknowledged.</summary>
    /// <param name="bodies">How many.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> MoreAsync(int bodies, CancellationToken cancellation)
    {
        var (began, until) = (TimeProvider.System.GetTimestamp(), Sent + bodies);
        while (Sent < until)
        {
            if (_sending.IsCompleted)
            {
                await _sending;
                throw new InvalidOperationException("The load has ended.");
            }

            await Task.Delay(s_pause, TimeProvider.System, cancellation);
        }

        return TimeProvider.System.GetElapsedTime(began);
    }

    /// <summary>Stops when the body under way is acknowledged.</summary>
    public async Task StopAsync()
    {
        _stop = true;
        await _sending;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        try
        {
            await _sending;
        }
        catch (OperationCanceledException)
        {
            // It was waiting for an answer.
        }

        _end.Dispose();
        _stream.Dispose();
    }

    private async Task SendAsync()
    {
        // A body whose fate is unknown is sent until it is: what was acknowledged is then all that the cluster knows.
        bool acknowledged;
        do
        {
            var before = Producer.Sent;
            if (_cluster.Next() is not { } silo)
            {
                await Task.Delay(s_pause, TimeProvider.System, _end.Token);
            }
            else if (!await Producer.SendNextAsync(silo.Api, _end.Token))
            {
                Interlocked.Increment(ref _unreached);
                await Task.Delay(s_pause, TimeProvider.System, _end.Token);
            }

            acknowledged = Producer.Sent > before;
            Interlocked.Exchange(ref _sent, Producer.Sent);
        }
        while (!_stop || !acknowledged);
    }
}
