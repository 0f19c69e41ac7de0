using System.Numerics;

namespace Guard.Benchmarks.Load;

/// <summary>
/// Counts of latencies in buckets whose width is at most 1/64 of their value (1.6 %), after the idea of HdrHistogram
/// (Gil Tene): a fixed array, so that recording allocates nothing. From 1 µs to over an hour. Not safe for concurrent use.
/// </summary>
public sealed class LatencyHistogram
{
    private const int SubBits = 6;
    private const int Sub = 1 << SubBits;
    private const int Octaves = 33;
    private readonly long[] _counts = new long[Octaves * Sub];

    /// <summary>Gets how many were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>Gets the greatest, exactly.</summary>
    public TimeSpan Greatest { get; private set; }

    /// <summary>Records one.</summary>
    public void Add(TimeSpan latency)
    {
        _counts[BucketOf((ulong)Math.Max(0, latency.TotalMicroseconds))]++;
        Count++;
        Greatest = latency > Greatest ? latency : Greatest;
    }

    /// <summary>Adds all of another.</summary>
    public void Add(LatencyHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            _counts[bucket] += other._counts[bucket];
        }

        Count += other.Count;
        Greatest = other.Greatest > Greatest ? other.Greatest : Greatest;
    }

    /// <summary>Gets the latency that a share of all did not exceed, rounded up to its bucket's end.</summary>
    /// <param name="share">The share, in (0, 1].</param>
    public TimeSpan Percentile(double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(share * Count));
        var seen = 0L;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= wanted)
            {
                var end = TimeSpan.FromMicroseconds(EndOf(bucket));
                return end < Greatest ? end : Greatest;
            }
        }

        return Greatest;
    }

    private static int BucketOf(ulong microseconds)
    {
        if (microseconds < Sub)
        {
            return (int)microseconds;
        }

        // The values [2^k, 2^(k+1)) for k ≥ 6 share 64 buckets.
        var octave = BitOperations.Log2(microseconds) - SubBits;
        var bucket = ((octave + 1) * Sub) + (int)((microseconds >> octave) & (Sub - 1));
        return Math.Min(bucket, (Octaves * Sub) - 1);
    }

    private static double EndOf(int bucket)
    {
        if (bucket < Sub)
        {
            return bucket + 1;
        }

        var octave = (bucket / Sub) - 1;
        return (double)((ulong)(Sub + (bucket % Sub) + 1) << octave);
    }
}
