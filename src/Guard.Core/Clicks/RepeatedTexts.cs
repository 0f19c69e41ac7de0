using System.Numerics;
using System.Runtime.InteropServices;

namespace Guard.Core.Clicks;

/// <summary>
/// Hashes texts of which few make up most of a stream, such as user agents: the last text of each of its places is kept with
/// its hash, since comparing costs a tenth of hashing anew. Not safe for concurrent use.
/// </summary>
internal sealed class RepeatedTexts(KeyedHash hash, HashKind kind)
{
    private const int Places = 1024;
    private const int LongestKept = 256;
    private readonly Place[] _places = new Place[Places];

    /// <summary>Gets what <see cref="KeyedHash.Of(HashKind, ReadOnlySpan{byte})"/> gives.</summary>
    public ulong Of(ReadOnlySpan<byte> text)
    {
        if (text.Length is < sizeof(ulong) or > LongestKept)
        {
            return hash.Of(kind, text);
        }

        ref var place = ref _places[PlaceOf(text)];
        if (place.Text is not null && text.SequenceEqual(place.Text.AsSpan(0, place.Length)))
        {
            return place.Hash;
        }

        place.Text ??= new byte[LongestKept];
        text.CopyTo(place.Text);
        place.Length = text.Length;
        return place.Hash = hash.Of(kind, text);
    }

    // Agents differ in their middle, where the system and its version stand, and in their end.
    private static int PlaceOf(ReadOnlySpan<byte> text)
    {
        var middle = MemoryMarshal.Read<ulong>(text[((text.Length - sizeof(ulong)) / 3)..]);
        var later = MemoryMarshal.Read<ulong>(text[((text.Length - sizeof(ulong)) * 3 / 4)..]);
        var end = MemoryMarshal.Read<ulong>(text[^sizeof(ulong)..]);
        var mixed = (middle ^ BitOperations.RotateLeft(later, 21) ^ BitOperations.RotateLeft(end, 43) ^ (uint)text.Length) * 0x9E37_79B9_7F4A_7C15;
        return (int)(mixed >> (64 - 10));
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Place
    {
        public byte[]? Text;
        public int Length;
        public ulong Hash;
    }
}
