using Guard.Core.Scoring;
using Guard.Core.Watching.Rates;

namespace Guard.Engine.Telemetry;

/// <summary>What the engine did since the process started. One thread counts; any reads.</summary>
/// <param name="time">The clock.</param>
internal sealed class TrafficMeter(TimeProvider time)
{
    private long _generalInvalid;
    private long _sophisticatedInvalid;

    /// <summary>Gets when the process started.</summary>
    public DateTimeOffset Started { get; } = time.GetUtcNow();

    /// <summary>Gets the clicks a second.</summary>
    public ClickRate Rate { get; } = new(time);

    /// <summary>Gets the latencies.</summary>
    public LatencyWindow Latency { get; } = new(time);

    /// <summary>Gets the clicks invalidated by a list.</summary>
    public long GeneralInvalid => Volatile.Read(ref _generalInvalid);

    /// <summary>Gets the clicks invalidated by the model.</summary>
    public long SophisticatedInvalid => Volatile.Read(ref _sophisticatedInvalid);

    /// <summary>Counts decided clicks.</summary>
    /// <param name="decisions">The decisions.</param>
    public void Count(ReadOnlySpan<Decision> decisions)
    {
        Span<long> verdicts = stackalloc long[3];
        verdicts.Clear();
        foreach (ref readonly var decision in decisions)
        {
            verdicts[(int)decision.Verdict]++;
        }

        Rate.Add(decisions.Length);
        Volatile.Write(ref _generalInvalid, _generalInvalid + verdicts[(int)Verdict.GeneralInvalid]);
        Volatile.Write(ref _sophisticatedInvalid, _sophisticatedInvalid + verdicts[(int)Verdict.SophisticatedInvalid]);
    }
}
