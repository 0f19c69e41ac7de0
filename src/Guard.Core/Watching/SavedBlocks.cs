using System.Buffers.Binary;
using Guard.Core.Counters;

namespace Guard.Core.Watching;

/// <summary>Takes apart state that is saved as several blocks, one after the other.</summary>
internal static class SavedBlocks
{
    /// <summary>Takes the first block off; what it holds is checked by who reads it.</summary>
    /// <exception cref="StateFormatException">The bytes end within the block.</exception>
    public static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> saved, string name)
    {
        const int LengthAt = 8;
        var length = saved.Length < BlockWriter.HeaderLength ? -1 : BinaryPrimitives.ReadInt64LittleEndian(saved[LengthAt..]);
        if (length < BlockWriter.HeaderLength + BlockWriter.TrailerLength || length > saved.Length)
        {
            throw new StateFormatException($"The saved {name} is cut short or damaged: take an earlier snapshot.");
        }

        var block = saved[..(int)length];
        saved = saved[(int)length..];
        return block;
    }
}
