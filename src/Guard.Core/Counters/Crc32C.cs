using System.Buffers.Binary;
using System.Numerics;

namespace Guard.Core.Counters;

/// <summary>CRC-32C (Castagnoli) over bytes that arrive in pieces, in one instruction for eight bytes where the processor has it.</summary>
internal static class Crc32C
{
    /// <summary>The state before the first byte.</summary>
    public const uint Start = uint.MaxValue;

    public static uint Append(uint state, ReadOnlySpan<byte> bytes)
    {
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

    /// <summary>The checksum of the bytes so far.</summary>
    public static uint Finish(uint state) => ~state;
}
