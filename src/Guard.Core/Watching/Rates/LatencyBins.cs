using System.Numerics;
using Guard.Core.Hosting;

namespace Guard.Core.Watching.Rates;

/// <summary>Latencies in logarithmic bins, each at most 1/32 wide of its value.</summary>
public sealed class LatencyBins
{
    private const int BinsPerOctave = 32;
    private const int Octaves = 40;
    private readonly long[] _bins = new long[BinsPerOctave * Octaves];

    /// <summary>Adds latencies.</summary>
    public void Add(TimeSpan latency, int count) => _bins[BinOf(Math.Max(0, latency.Ticks))] += count;

    /// <summary>Adds all of others.</summary>
    public void Add(LatencyBins others)
    {
        ArgumentNullException.ThrowIfNull(others);
        for (var bin = 0; bin < _bins.Length; bin++)
        {
            _bins[bin] += others._bins[bin];
        }
    }

    /// <summary>Gets the bins that hold latencies as pairs of bin and count, so that another process can add them.</summary>
    public long[] ToPairs() => [.. _bins.Index().Where(static bin => bin.Item > 0).SelectMany(static bin => (long[])[bin.Index, bin.Item])];

    /// <summary>Adds what <see cref="ToPairs"/> gave elsewhere.</summary>
    /// <exception cref="ArgumentException">They are no such pairs.</exception>
    public void AddPairs(ReadOnlySpan<long> pairs)
    {
        for (var at = 0; at < pairs.Length; at += 2)
        {
            if (at + 1 == pairs.Length || pairs[at] < 0 || pairs[at] >= _bins.Length || pairs[at + 1] < 0)
            {
                throw new ArgumentException("These are no pairs of bin and count.", nameof(pairs));
            }

            _bins[pairs[at]] += pairs[at + 1];
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => Array.Clear(_bins);

    /// <summary>Gets the percentiles, each the end of its bin.</summary>
    public LatencyView View()
    {
        var count = _bins.Sum();
        return new LatencyView(count, At(count, 0.5), At(count, 0.99), At(count, 0.999), At(count, 1));
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

    private TimeSpan At(long count, double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(count * share));
        for (var bin = 0; bin < _bins.Length && count > 0; bin++)
        {
            rank -= _bins[bin];
            if (rank <= 0)
            {
                return new TimeSpan(EndOf(bin));
            }
        }

        return TimeSpan.Zero;
    }
}
