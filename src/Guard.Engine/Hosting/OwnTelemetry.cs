using Guard.Core.Clicks;
using Guard.Core.Watching;
using Guard.Engine.Blocks;
using Guard.Engine.State;
using Guard.Engine.Telemetry;

namespace Guard.Engine.Hosting;

/// <summary>What Guard tells of itself goes the way of all telemetry, so that a replay finds the same alerts.</summary>
internal sealed class OwnTelemetry(EngineState state, TrafficMeter meter, TimeProvider time)
{
    /// <summary>How often Guard tells its own latency.</summary>
    private static readonly TimeSpan s_latency = TimeSpan.FromMinutes(5);

    private readonly ArrivedEvents _events = new();
    private long _lastLatency = time.GetTimestamp();

    /// <summary>Puts the readings that are due at the head of a batch.</summary>
    public void AdmitTo(EventBatch batch, AdmittedOrder order)
    {
        foreach (var reading in state.OwnReadings)
        {
            _events.Add(reading);
        }

        if (time.GetElapsedTime(_lastLatency) >= s_latency)
        {
            _lastLatency = time.GetTimestamp();
            if (meter.Latency.Take() is { Count: > 0 } latency)
            {
                _events.Add(new TelemetryPoint(OwnStreams.Latency, time.GetUtcNow().ToUnixTimeMilliseconds(), [latency.P50.TotalMilliseconds, latency.P99.TotalMilliseconds]));
            }
        }

        while (_events.Remaining > 0)
        {
            var outcome = _events.AdmitNext(state.Admission, batch, out var arrival);
            order.Add(arrival, outcome);
        }

        _events.Clear();
    }
}
