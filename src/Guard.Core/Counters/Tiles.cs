using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Guard.Core.Counters;

/// <summary>Rings of tiles in event time: tile number t of a ring of n tiles lies at index t mod n.</summary>
internal static class Tiles
{
    /// <summary>The length of the finest tile, in milliseconds; every other length is a multiple of it.</summary>
    public const int Finest = 10_000;

    public const int PerMinute = 6;
    public const int PerFiveMinutes = 30;
    public const int PerQuarter = 90;
    public const int PerHour = 360;
    public const int PerTwoHours = 720;

    /// <summary>The number of the finest tile that holds an event time.</summary>
    public static int Of(long time) => (int)((ulong)time / Finest);

    /// <summary>Empties the tiles that the ring reaches anew when its newest tile moves forward.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Advance<T>(Span<T> ring, uint from, uint to)
        where T : unmanaged
    {
        if (to == from)
        {
            return;
        }

        if (to - from >= (uint)ring.Length)
        {
            ring.Clear();
            return;
        }

        for (var tile = from + 1; tile <= to; tile++)
        {
            ring[(int)(tile % (uint)ring.Length)] = default;
        }
    }

    /// <summary>Counts one click in its tile, if that still lies in the ring; the tile stops at its type's greatest value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Count(Span<byte> ring, uint tile, uint newest)
    {
        if (newest - tile < (uint)ring.Length)
        {
            ref var count = ref ring[(int)(tile % (uint)ring.Length)];
            count += (byte)(count == byte.MaxValue ? 0 : 1);
        }
    }

    /// <inheritdoc cref="Count(Span{byte}, uint, uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Count(Span<ushort> ring, uint tile, uint newest)
    {
        if (newest - tile < (uint)ring.Length)
        {
            ref var count = ref ring[(int)(tile % (uint)ring.Length)];
            count += (ushort)(count == ushort.MaxValue ? 0 : 1);
        }
    }

    /// <summary>The sum of at most 64 tiles, eight at a time in the 16-bit lanes of a word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Sum(ReadOnlySpan<byte> ring)
    {
        ulong lanes = 0;
        for (; ring.Length >= sizeof(ulong); ring = ring[sizeof(ulong)..])
        {
            lanes += Pairs(BinaryPrimitives.ReadUInt64LittleEndian(ring));
        }

        if (ring.Length >= sizeof(uint))
        {
            lanes += Pairs(BinaryPrimitives.ReadUInt32LittleEndian(ring));
            ring = ring[sizeof(uint)..];
        }

        if (ring.Length >= sizeof(ushort))
        {
            lanes += Pairs(BinaryPrimitives.ReadUInt16LittleEndian(ring));
            ring = ring[sizeof(ushort)..];
        }

        return (int)((lanes * 0x0001_0001_0001_0001) >> 48) + (ring.IsEmpty ? 0 : ring[0]);
    }

    public static int Sum(in TwelveWideTiles ring)
    {
        ref var first = ref Unsafe.As<TwelveWideTiles, ushort>(ref Unsafe.AsRef(in ring));
        var (a, b) = Vector128.Widen(Vector128.LoadUnsafe(ref first));
        var (c, _) = Vector128.Widen(Vector64.LoadUnsafe(ref first, 8).ToVector128());
        return (int)Vector128.Sum(a + b + c);
    }

    /// <summary>The sum of the 24 hour tiles.</summary>
    public static int Sum(in HourTiles ring)
    {
        ref var first = ref Unsafe.As<HourTiles, ushort>(ref Unsafe.AsRef(in ring));
        var (a, b) = Vector128.Widen(Vector128.LoadUnsafe(ref first));
        var (c, d) = Vector128.Widen(Vector128.LoadUnsafe(ref first, 8));
        var (e, f) = Vector128.Widen(Vector128.LoadUnsafe(ref first, 16));
        return (int)Vector128.Sum(a + b + c + d + e + f);
    }

    /// <summary>The number of hour tiles that hold a click.</summary>
    public static int Active(in HourTiles ring)
    {
        ref var first = ref Unsafe.As<HourTiles, ushort>(ref Unsafe.AsRef(in ring));
        var empty = Vector128.Equals(Vector128.LoadUnsafe(ref first), default).ExtractMostSignificantBits()
            | (Vector128.Equals(Vector128.LoadUnsafe(ref first, 8), default).ExtractMostSignificantBits() << 8)
            | (Vector128.Equals(Vector128.LoadUnsafe(ref first, 16), default).ExtractMostSignificantBits() << 16);
        return 24 - BitOperations.PopCount(empty);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Pairs(ulong bytes) => (bytes & 0x00FF_00FF_00FF_00FF) + ((bytes >> 8) & 0x00FF_00FF_00FF_00FF);

    [InlineArray(24)]
    internal struct HourTiles
    {
        private ushort _first;
    }

    [InlineArray(12)]
    internal struct FiveMinuteTiles
    {
        private byte _first;
    }

    [InlineArray(12)]
    internal struct TwelveWideTiles
    {
        private ushort _first;
    }

    [InlineArray(10)]
    internal struct MinuteTiles
    {
        private byte _first;
    }

    [InlineArray(6)]
    internal struct TenSecondTiles
    {
        private byte _first;
    }

    [InlineArray(4)]
    internal struct QuarterTiles
    {
        private byte _first;
    }
}
