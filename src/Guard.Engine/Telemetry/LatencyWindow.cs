using System.Numerics;
using Guard.Core.Hosting;

namespace Guard.Engine.Telemetry;

/// <summary>Latencies of the last minutes in logarithmic bins, each at most 1/32 wide of its value. Safe for concurrent use.</summary>
/// <param name="time">The clock.</param>
internal sealed class LatencyWindow(TimeProvider time)
{
    private const int BinsPerOctave = 32;
    private const int Octaves = 40;
    private const int Slots = 6;
    private static readonly TimeSpan s_slot = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private readonly long[][] _bins = [.. Enumerable.Range(0, Slots).Select(_ => new long[BinsPerOctave * Octaves])];
    private readonly long[] _slotNumbers = new long[Slots];

    /// <summary>Adds latencies.</summary>
    /// <param name="latency">How long.</param>
    /// <param name="count">How many there were.</param>
    public void Add(TimeSpan latency, int count)
    {
        var bin = BinOf(Math.Max(0, latency.Ticks));
        lock (_lock)
        {
            Slot()[bin] += count;
        }
    }

    /// <summary>Gets the percentiles of the last three minutes at most.</summary>
    public LatencyView View()
    {
        var sum = new long[BinsPerOctave * Octaves];
        lock (_lock)
        {
            Slot();
            foreach (var slot in _bins)
            {
                for (var bin = 0; bin < sum.Length; bin++)
                {
                    sum[bin] += slot[bin];
                }
            }
        }

        var count = sum.Sum();
        return new LatencyView(count, At(sum, count, 0.5), At(sum, count, 0.99), At(sum, count, 0.999), At(sum, count, 1));
    }

    private static TimeSpan At(long[] bins, long count, double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(count * share));
        for (var bin = 0; bin < bins.Length && count > 0; bin++)
        {
            rank -= bins[bin];
            if (rank <= 0)
            {
                return new TimeSpan(EndOf(bin));
            }
        }

        return TimeSpan.Zero;
    }

    // Below 32 ticks a bin a tick; then the five bits behind the highest one tell the bin of the octave.
    private static int BinOf(long ticks)
    {
        if (ticks < BinsPerOctave)
        {
            return (int)ticks;
        }

        var octave = BitOperations.Log2((ulong)ticks) - 5;
        return Math.Min(((octave + 1) * BinsPerOctave) + (int)((ticks >> octave) - BinsPerOctave), (BinsPerOctave * Octaves) - 1);
    }

    private static long EndOf(int bin)
    {
        if (bin < BinsPerOctave)
        {
            return bin;
        }

        var octave = (bin / BinsPerOctave) - 1;
        return (((long)(bin % BinsPerOctave) + BinsPerOctave + 1) << octave) - 1;
    }

    private long[] Slot()
    {
        var number = time.GetUtcNow().UtcTicks / s_slot.Ticks;
        for (var slot = 0; slot < Slots; slot++)
        {
            if (number - _slotNumbers[slot] >= Slots)
            {
                Array.Clear(_bins[slot]);
            }
        }

        var at = number % Slots;
        if (_slotNumbers[at] != number)
        {
            Array.Clear(_bins[at]);
            _slotNumbers[at] = number;
        }

        return _bins[at];
    }
}
