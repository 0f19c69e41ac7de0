using Guard.Core.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Guard.Server.Console.Live;

/// <summary>Looks, as long as somebody watches, once a second at what pages show, and says which topics changed.</summary>
internal sealed partial class Pulse(ITraffic traffic, IDecisionLog decisions, IStreams streams, TimeProvider clock, ILogger<Pulse> logger) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);
    private readonly object?[] _seen = new object?[Enum.GetValues<Topic>().Length];
    private volatile Beat _beat = new([.. new long[Enum.GetValues<Topic>().Length]]);
    private int _viewers;
    private bool _faulty;

    /// <summary>Gets the newest beat.</summary>
    public Beat Now => _beat;

    /// <summary>Gets how many watch.</summary>
    public int Viewers => Volatile.Read(ref _viewers);

    /// <summary>Counts somebody who watches, until disposed.</summary>
    public IDisposable Watch() => new Viewer(this);

    /// <summary>Looks once, and beats where something changed.</summary>
    internal async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        var now = await traffic.NowAsync(cancellationToken);
        var alerts = await streams.AlertsAsync(1, cancellationToken);
        var summaries = await streams.ListAsync(cancellationToken);
        var policy = await traffic.PolicyAsync(cancellationToken);
        ReadOnlySpan<(Topic Topic, object Stamp)> stamps =
        [
            (Topic.Traffic, (now.Clicks, now.Purchases, now.Duplicates, Math.Round(now.ClicksPerSecond, 1), now.Latency)),
            (Topic.Decisions, decisions.Last),
            (Topic.Streams, summaries.Sum(summary => summary.Rows)),
            (Topic.Alerts, (alerts.Count == 0 ? 0 : alerts[0].Number, summaries.Count(summary => summary.Open is not null))),
            (Topic.Quarantine, now.Quarantined),
            (Topic.Policy, (policy.Model.Version, policy.Thresholds.Version, policy.Fault, policy.AccessEntries, policy.CrawlerPatterns)),
        ];
        var counts = _beat.Counts;
        foreach (var (topic, stamp) in stamps)
        {
            if (!stamp.Equals(_seen[(int)topic]))
            {
                _seen[(int)topic] = stamp;
                counts = counts.SetItem((int)topic, counts[(int)topic] + 1);
            }
        }

        if (counts != _beat.Counts)
        {
            var last = _beat;
            _beat = new Beat(counts);
            last.End();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (Viewers > 0)
                {
                    await LookAsync(stoppingToken);
                    _faulty = false;
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!_faulty)
                {
                    _faulty = true;
                    LogFault(e);
                }
            }
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The console's pages stand still: the host did not answer")]
    private partial void LogFault(Exception exception);

    private sealed class Viewer : IDisposable
    {
        private Pulse? _pulse;

        public Viewer(Pulse pulse)
        {
            _pulse = pulse;
            Interlocked.Increment(ref pulse._viewers);
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _pulse, null) is { } pulse)
            {
                Interlocked.Decrement(ref pulse._viewers);
            }
        }
    }
}
