using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Guard.Core.Checksums;

/// <summary>CRC-32C (Castagnoli) over bytes that arrive in pieces, in one instruction for eight bytes where the processor has it.</summary>
/// <remarks>
/// The instruction waits for its own last result, and the processor could do three in that time: of many bytes, three lanes are
/// computed side by side and joined, since the checksum is linear over GF(2) (V. Gopal et al., Fast CRC Computation for iSCSI
/// Polynomial Using CRC32 Instruction, Intel 2011).
/// </remarks>
public static class Crc32C
{
    private const int LaneBytes = 2048;

    // For each byte of a state, what it becomes when a lane of zeros follows.
    private static readonly uint[] s_afterLane = AfterLane();

    /// <summary>The state before the first byte.</summary>
    public const uint Start = uint.MaxValue;

    /// <summary>Takes in more bytes.</summary>
    /// <param name="state">The state so far.</param>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The state after them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Append(uint state, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 3 * LaneBytes; bytes = bytes[(3 * LaneBytes)..])
        {
            state = AppendLanes(state, MemoryMarshal.Cast<byte, ulong>(bytes[..(3 * LaneBytes)]));
        }

        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var value in bytes)
        {
            state = BitOperations.Crc32C(state, value);
        }

        return state;
    }

    /// <summary>Gives the checksum of the bytes so far.</summary>
    public static uint Finish(uint state) => ~state;

    /// <summary>Gives the checksum of bytes that are there as a whole.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => Finish(Append(Start, bytes));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint AppendLanes(uint state, ReadOnlySpan<ulong> words)
    {
        const int Words = LaneBytes / sizeof(ulong);
        var first = words[..Words];
        var second = words.Slice(Words, Words);
        var third = words.Slice(2 * Words, Words);
        var (a, b, c) = (state, 0u, 0u);
        for (var i = 0; i < Words; i++)
        {
            a = BitOperations.Crc32C(a, LittleEndian(first[i]));
            b = BitOperations.Crc32C(b, LittleEndian(second[i]));
            c = BitOperations.Crc32C(c, LittleEndian(third[i]));
        }

        return SkipLane(SkipLane(a) ^ b) ^ c;
    }

    private static ulong LittleEndian(ulong word) => BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);

    private static uint SkipLane(uint state) =>
        s_afterLane[(byte)state] ^ s_afterLane[256 + (byte)(state >> 8)] ^ s_afterLane[512 + (byte)(state >> 16)] ^ s_afterLane[768 + (byte)(state >> 24)];

    private static uint[] AfterLane()
    {
        var table = new uint[4 * 256];
        for (var bit = 0; bit < 32; bit++)
        {
            var state = 1u << bit;
            for (var word = 0; word < LaneBytes / sizeof(ulong); word++)
            {
                state = BitOperations.Crc32C(state, 0ul);
            }

            table[(256 * (bit / 8)) + (1 << (bit % 8))] = state;
        }

        for (var entry = 0; entry < table.Length; entry++)
        {
            var value = entry % 256;
            var highest = 1 << BitOperations.Log2((uint)value | 1);
            if (value != 0 && value != highest)
            {
                table[entry] = table[entry - value + highest] ^ table[entry - highest];
            }
        }

        return table;
    }
}
