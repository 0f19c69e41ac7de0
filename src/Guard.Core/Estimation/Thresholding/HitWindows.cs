using System.Numerics;

namespace Guard.Core.Estimation.Thresholding;

/// <summary>
/// Counts of rare events over the last 1, 2, 4, … steps, kept in geometric blocks, each tested against a known rate.
/// </summary>
/// <remarks>
/// An event is "this value lies outside the set that stood before it", whose probability is at most the rate while nothing changes; a count that
/// a binomial of that rate would hardly reach says that the set of the recent window is disjoint from the one before it. Windows up to 64 are read
/// from the bits of one word; longer ones are sums of four blocks of a quarter of their length, so that they are tested four times per length.
/// The probability α is spread over all tests that will ever be made: 1/((k+1)(k+2)) to the window 2^k, and 1/(2.2 (i+1) ln²(i+1))
/// to its i-th test. The spending is ours.
/// </remarks>
internal sealed class HitWindows
{
    private const int Words = 7;
    private const int Levels = BinomialTail.Windows - Words;
    private const int Blocks = 4;
    private const int BaseBlock = 32;

    private readonly double _rate;
    private readonly double _logAlpha;
    private readonly int[] _suspect;
    private readonly int[] _worthTesting;
    private readonly int[] _blocks = new int[Levels * Blocks];
    private readonly long[] _filled = new long[Levels];
    private ulong _recent;
    private uint _flags;
    private int _partial;

    public HitWindows(double rate, double alpha, double suspicion)
    {
        _rate = rate;
        _logAlpha = Math.Log(alpha);
        _suspect = BinomialTail.LeastCounts(rate, suspicion);
        _worthTesting = BinomialTail.LeastCounts(rate, 0.02);
    }

    /// <summary>Steps since the last clear.</summary>
    public long Steps { get; private set; }

    /// <summary>Whether some window of at least two steps held suspiciously many events when last tested.</summary>
    public bool Suspicious => (_flags & ~1u) != 0;

    public void Clear()
    {
        Array.Clear(_blocks);
        Array.Clear(_filled);
        _recent = 0;
        _flags = 0;
        _partial = 0;
        Steps = 0;
    }

    /// <summary>Adds one step; returns the length of the window that proves a change, or 0.</summary>
    public int Push(bool hit)
    {
        Steps++;
        _recent = (_recent << 1) | (hit ? 1u : 0u);
        for (var k = 0; k < Words; k++)
        {
            var window = 1 << k;
            var stride = Math.Max(1, window / Blocks);
            if (Steps < window || (Steps & (stride - 1)) != 0)
            {
                continue;
            }

            var mask = window == 64 ? ulong.MaxValue : (1UL << window) - 1;
            if (Test(k, BitOperations.PopCount(_recent & mask), Steps / stride))
            {
                return window;
            }
        }

        _partial += hit ? 1 : 0;
        return Steps % BaseBlock == 0 ? Close() : 0;
    }

    public void Save(StateWriter writer)
    {
        writer.Int64(Steps);
        writer.Int64(unchecked((long)_recent));
        writer.Int32(unchecked((int)_flags));
        writer.Int32(_partial);
        foreach (var filled in _filled)
        {
            writer.Int64(filled);
        }

        foreach (var block in _blocks)
        {
            writer.Int32(block);
        }
    }

    public void Restore(ref StateReader reader)
    {
        Steps = reader.Count("count of steps");
        _recent = unchecked((ulong)reader.Int64());
        _flags = unchecked((uint)reader.Int32());
        _partial = reader.Int32(0, BaseBlock, "partial block");
        for (var i = 0; i < _filled.Length; i++)
        {
            _filled[i] = reader.Count("number of blocks");
        }

        for (var i = 0; i < _blocks.Length; i++)
        {
            _blocks[i] = reader.Int32(0, BaseBlock << (i / Blocks), "count of a block");
        }
    }

    /// <summary>Closes a block of 32 steps and whatever longer blocks end with it.</summary>
    private int Close()
    {
        var sum = _partial;
        _partial = 0;
        for (var level = 0; level < Levels; level++)
        {
            var ring = _blocks.AsSpan(level * Blocks, Blocks);
            var index = _filled[level]++;
            ring[(int)(index % Blocks)] = sum;
            if (_filled[level] >= Blocks && Test(Words + level, ring[0] + ring[1] + ring[2] + ring[3], _filled[level]))
            {
                return 1 << (Words + level);
            }

            if (index % 2 == 0)
            {
                return 0;
            }

            sum += ring[(int)((index - 1) % Blocks)];
        }

        return 0;
    }

    private bool Test(int k, int hits, long test)
    {
        var bit = 1u << k;
        _flags = hits >= _suspect[k] ? _flags | bit : _flags & ~bit;
        if (hits < _worthTesting[k])
        {
            return false;
        }

        var log = Math.Log(test + 1);
        var bar = _logAlpha - Math.Log((k + 1.0) * (k + 2.0)) - Math.Log(2.2 * (test + 1) * log * log);
        return BinomialTail.LogBound(hits, 1 << k, _rate) <= bar;
    }
}
