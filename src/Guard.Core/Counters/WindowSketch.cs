using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Guard.Core.Counters;

/// <summary>
/// A HyperLogLog in time: for each rank and register the last tile at which a value of that rank was seen. A register's
/// greatest rank among the tiles of a window is what a HyperLogLog of exactly the window's values would hold, so one sketch
/// answers every window.
/// </summary>
internal sealed class WindowSketch
{
    public const int Stamps = Ranks * Registers;

    private const int Windows = 4;
    private const int Ranks = HyperLogLog.Ranks;
    private const int Registers = HyperLogLog.Registers;

    // Rank-major; 0 is never, else the tile less the base, plus one.
    private readonly ushort[] _stamps = new ushort[Stamps];

    // The newest stamp of each rank: a window that starts later has nothing of the rank, and its row stays unread.
    private RankStamps _newest;
    private Tallies _tallies;

    /// <summary>The tile whose stamp is 1.</summary>
    public int Base { get; private set; }

    /// <summary>The stamps, as they are saved.</summary>
    public Span<ushort> State => _stamps;

    /// <summary>The bytes of a sketch, object headers left out.</summary>
    public static long Bytes => (Stamps + Ranks) * sizeof(ushort) + Windows * 5 * sizeof(int) + 4 * sizeof(long);

    /// <summary>Empties the sketch for use from a first tile on.</summary>
    public void Reset(int firstTile)
    {
        _stamps.AsSpan().Clear();
        _newest = default;
        _tallies = default;
        Base = firstTile;
    }

    /// <summary>Adds a value that was seen in a tile of the last 24 hours.</summary>
    public void Add(uint fingerprint, int tile, in WindowStarts starts)
    {
        Count(starts);
        var register = HyperLogLog.Register(fingerprint);
        var rank = HyperLogLog.Rank(fingerprint);
        ref var stamp = ref _stamps[(rank - 1) * Registers + register];
        var before = stamp;
        var seen = (ushort)(tile - Base + 1);
        if (seen <= before)
        {
            return;
        }

        stamp = seen;
        _newest[rank - 1] = Math.Max(_newest[rank - 1], seen);
        foreach (ref var tally in (Span<WindowTally>)_tallies)
        {
            // Only a stamp that enters the window can raise its maximum, and only above every rank that the window has.
            if (before < tally.Least && seen >= tally.Least && Maximum(register, tally.Least) == rank)
            {
                stamp = before;
                var lower = Maximum(register, tally.Least);
                stamp = seen;
                tally.Move(lower, rank);
            }
        }
    }

    /// <summary>Asks for the ranks that the next value most likely falls in, and that a short window most likely holds.</summary>
    public void Prefetch()
    {
        for (var register = 0; register < 3 * Registers; register += 32)
        {
            Counters.Prefetch.Line(ref _stamps[register]);
        }
    }

    /// <summary>The estimates of the windows with the given starts.</summary>
    public Windowed<float> Read(in WindowStarts starts)
    {
        Count(starts);
        return new Windowed<float>(_tallies[0].Estimate(), _tallies[1].Estimate(), _tallies[2].Estimate(), _tallies[3].Estimate());
    }

    public void Restore(int firstTile, ReadOnlySpan<byte> state)
    {
        Reset(firstTile);
        MemoryMarshal.Cast<byte, ushort>(state).CopyTo(_stamps);
        NoteNewest();
    }

    private void Count(in WindowStarts starts)
    {
        // The newest tile needs a stamp, and with it every start of a window.
        if (starts.Minute + Tiles.PerMinute - Base > ushort.MaxValue)
        {
            Rebase(starts.Day);
        }

        Count(ref _tallies[0], starts.Minute);
        Count(ref _tallies[1], starts.TenMinutes);
        Count(ref _tallies[2], starts.Hour);
        Count(ref _tallies[3], starts.Day);
    }

    private void Count(ref WindowTally tally, int start)
    {
        var least = (ushort)Math.Max(start - Base + 1, 1);
        if (tally.Least == least)
        {
            return;
        }

        tally = new WindowTally { Least = least, Empty = Registers };
        UInt128 covered = 0;
        for (var rank = Ranks; rank >= 1; rank--)
        {
            if (_newest[rank - 1] >= least)
            {
                var seen = SeenSince(rank, least) & ~covered;
                covered |= seen;
                tally.Fill((int)UInt128.PopCount(seen), rank);
            }
        }
    }

    /// <summary>One bit for each register that saw a rank since a stamp.</summary>
    private UInt128 SeenSince(int rank, ushort least)
    {
        ref var row = ref _stamps[(rank - 1) * Registers];
        var threshold = Vector512.Create(least);
        var low = Bits(ref row, 0, threshold) | (Bits(ref row, 32, threshold) << 32);
        var high = Bits(ref row, 64, threshold) | (Bits(ref row, 96, threshold) << 32);
        return new UInt128(high, low);
    }

    private static ulong Bits(ref ushort row, nuint register, Vector512<ushort> threshold) =>
        Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(ref row, register), threshold).ExtractMostSignificantBits();

    private int Maximum(int register, ushort least)
    {
        var rank = Ranks;
        while (rank > 0 && (_newest[rank - 1] < least || _stamps[(rank - 1) * Registers + register] < least))
        {
            rank--;
        }

        return rank;
    }

    private void Rebase(int firstTile)
    {
        var shift = firstTile - Base;
        foreach (ref var stamp in _stamps.AsSpan())
        {
            stamp = (ushort)Math.Max(0, stamp - shift);
        }

        _tallies = default;
        Base = firstTile;
        NoteNewest();
    }

    private void NoteNewest()
    {
        for (var row = 0; row < Ranks; row++)
        {
            _newest[row] = TensorPrimitives.Max<ushort>(_stamps.AsSpan(row * Registers, Registers));
        }
    }

    [InlineArray(Ranks)]
    private struct RankStamps
    {
        private ushort _first;
    }

    [InlineArray(Windows)]
    private struct Tallies
    {
        private WindowTally _first;
    }
}
