using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Guard.Core.Counters;

/// <summary>Moves one field between records and a column. Lengths that records have are known to the compiler, which then moves words. Compiled at its best at once: a service's first snapshot, and what a restart loads, move a million records while clicks wait.</summary>
internal static class Columns
{
    /// <summary>Copies a field of all records to a column.</summary>
    /// <param name="records">The records' bytes.</param>
    /// <param name="stride">The bytes of a record.</param>
    /// <param name="offset">Where the field begins in a record.</param>
    /// <param name="length">The bytes of the field.</param>
    /// <param name="column">The column, of as many fields as there are records.</param>
    public static void Gather(ReadOnlySpan<byte> records, int stride, int offset, int length, Span<byte> column)
    {
        switch (length)
        {
            case 8:
                Gather<ulong>(records, stride, offset, column);
                break;
            case 4:
                Gather<uint>(records, stride, offset, column);
                break;
            case 6:
                Gather<Six>(records, stride, offset, column);
                break;
            case 10:
                Gather<Ten>(records, stride, offset, column);
                break;
            case 12:
                Gather<Twelve>(records, stride, offset, column);
                break;
            case 24:
                Gather<TwentyFour>(records, stride, offset, column);
                break;
            case 48:
                Gather<FortyEight>(records, stride, offset, column);
                break;
            default:
                for (var row = 0; row * length < column.Length; row++)
                {
                    records.Slice(row * stride + offset, length).CopyTo(column[(row * length)..]);
                }

                break;
        }
    }

    /// <summary>Copies a column to a field of all records; the parameters are those of <see cref="Gather(ReadOnlySpan{byte}, int, int, int, Span{byte})"/>.</summary>
    public static void Scatter(ReadOnlySpan<byte> column, Span<byte> records, int stride, int offset, int length)
    {
        switch (length)
        {
            case 8:
                Scatter<ulong>(column, records, stride, offset);
                break;
            case 4:
                Scatter<uint>(column, records, stride, offset);
                break;
            case 6:
                Scatter<Six>(column, records, stride, offset);
                break;
            case 10:
                Scatter<Ten>(column, records, stride, offset);
                break;
            case 12:
                Scatter<Twelve>(column, records, stride, offset);
                break;
            case 24:
                Scatter<TwentyFour>(column, records, stride, offset);
                break;
            case 48:
                Scatter<FortyEight>(column, records, stride, offset);
                break;
            default:
                for (var row = 0; row * length < column.Length; row++)
                {
                    column.Slice(row * length, length).CopyTo(records[(row * stride + offset)..]);
                }

                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather<T>(ReadOnlySpan<byte> records, int stride, int offset, Span<byte> column)
        where T : unmanaged
    {
        var values = MemoryMarshal.Cast<byte, T>(column);
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = Unsafe.ReadUnaligned<T>(in records[row * stride + offset]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter<T>(ReadOnlySpan<byte> column, Span<byte> records, int stride, int offset)
        where T : unmanaged
    {
        var values = MemoryMarshal.Cast<byte, T>(column);
        for (var row = 0; row < values.Length; row++)
        {
            Unsafe.WriteUnaligned(ref records[row * stride + offset], values[row]);
        }
    }

    [InlineArray(6)]
    private struct Six
    {
        private byte _first;
    }

    [InlineArray(10)]
    private struct Ten
    {
        private byte _first;
    }

    [InlineArray(12)]
    private struct Twelve
    {
        private byte _first;
    }

    [InlineArray(24)]
    private struct TwentyFour
    {
        private byte _first;
    }

    [InlineArray(48)]
    private struct FortyEight
    {
        private byte _first;
    }
}
