using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Guard.Core.Checksums;

/// <summary>CRC-32C (Castagnoli) over bytes that arrive in pieces, in one instruction for eight bytes where the processor has it.</summary>
public static class Crc32C
{
    /// <summary>The state before the first byte.</summary>
    public const uint Start = uint.MaxValue;

    /// <summary>Takes in more bytes.</summary>
    /// <param name="state">The state so far.</param>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The state after them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    /// <summary>Gives the checksum of the bytes so far.</summary>
    public static uint Finish(uint state) => ~state;

    /// <summary>Gives the checksum of bytes that are there as a whole.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => Finish(Append(Start, bytes));
}
