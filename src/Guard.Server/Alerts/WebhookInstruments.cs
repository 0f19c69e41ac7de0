using System.Diagnostics.Metrics;
using Guard.Server.Telemetry;

namespace Guard.Server.Alerts;

/// <summary>What the delivery of alerts measures, on the server's meter. A figure of one process: where several share the webhook, those that do not deliver show none failing. Safe for concurrent use.</summary>
public sealed class WebhookInstruments
{
    private readonly TimeProvider _clock;
    private long _failingSince = long.MaxValue;
    private long _lost;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Makes the meter.</param>
    /// <param name="clock">The clock.</param>
    public WebhookInstruments(IMeterFactory meters, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _clock = clock;
        var meter = meters.Create(ServerInstruments.MeterName);
        meter.CreateObservableGauge("guard.webhook.failing", () => Failing.TotalSeconds, "s", "How long nothing has reached the webhook's receiver since a first delivery failed; 0 while deliveries do not fail.");

        // A counter that appears with its first loss has no increase that an alert could see: this one begins at 0.
        meter.CreateObservableCounter("guard.webhook.lost", () => Volatile.Read(ref _lost), "{event}", "Alert events that never reached the webhook's receiver: dropped while it was away, or refused for good.");
    }

    private TimeSpan Failing => Volatile.Read(ref _failingSince) is var since and < long.MaxValue ? _clock.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Notes that a delivery failed, and nothing has been delivered since.</summary>
    internal void Failed() => Interlocked.CompareExchange(ref _failingSince, _clock.GetTimestamp(), long.MaxValue);

    /// <summary>Notes that deliveries do not fail, or are another process's.</summary>
    internal void Works() => Volatile.Write(ref _failingSince, long.MaxValue);

    /// <summary>Counts alert events that are given up.</summary>
    internal void Lost(long events) => Interlocked.Add(ref _lost, events);
}
