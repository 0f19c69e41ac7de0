using Guard.Core.Hosting;

namespace Guard.Core.Watching.Rates;

/// <summary>Latencies of the last three minutes, and those since they were last taken. Safe for concurrent use.</summary>
/// <param name="time">The clock.</param>
public sealed class LatencyWindow(TimeProvider time)
{
    private const int Slots = 6;
    private static readonly TimeSpan s_slot = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private readonly LatencyBins[] _slots = [.. Enumerable.Range(0, Slots).Select(_ => new LatencyBins())];
    private readonly long[] _numbers = new long[Slots];
    private readonly LatencyBins _sinceTaken = new();

    /// <summary>Adds latencies.</summary>
    /// <param name="latency">How long.</param>
    /// <param name="count">How many there were.</param>
    public void Add(TimeSpan latency, int count)
    {
        lock (_lock)
        {
            Current().Add(latency, count);
            _sinceTaken.Add(latency, count);
        }
    }

    /// <summary>Adds latencies of many.</summary>
    public void Add(LatencyBins latencies)
    {
        lock (_lock)
        {
            Current().Add(latencies);
            _sinceTaken.Add(latencies);
        }
    }

    /// <summary>Gets the percentiles of the last three minutes.</summary>
    public LatencyView View() => Bins().View();

    /// <summary>Gets the latencies of the last three minutes.</summary>
    public LatencyBins Bins()
    {
        var sum = new LatencyBins();
        lock (_lock)
        {
            Current();
            Array.ForEach(_slots, sum.Add);
        }

        return sum;
    }

    /// <summary>Gets the percentiles since this was last asked.</summary>
    public LatencyView Take() => TakeBins().View();

    /// <summary>Gets the latencies since this was last asked.</summary>
    public LatencyBins TakeBins()
    {
        var taken = new LatencyBins();
        lock (_lock)
        {
            taken.Add(_sinceTaken);
            _sinceTaken.Clear();
        }

        return taken;
    }

    private LatencyBins Current()
    {
        var number = time.GetUtcNow().UtcTicks / s_slot.Ticks;
        for (var slot = 0; slot < Slots; slot++)
        {
            if (number - _numbers[slot] >= Slots)
            {
                _slots[slot].Clear();
            }
        }

        var at = number % Slots;
        if (_numbers[at] != number)
        {
            _slots[at].Clear();
            _numbers[at] = number;
        }

        return _slots[at];
    }
}
