using System.Text;
using Guard.Core.Counters;

namespace Guard.Core.Watching;

/// <summary>Reads what <see cref="BlockBody"/> writes beyond integers.</summary>
internal static class BlockReading
{
    public static double ReadDouble(this ref BlockReader reader) => BitConverter.Int64BitsToDouble(reader.ReadInt64());

    /// <summary>Reads a text of at most <paramref name="mostBytes"/> bytes of UTF-8.</summary>
    public static string ReadText(this ref BlockReader reader, int mostBytes) =>
        Encoding.UTF8.GetString(reader.ReadBytes(reader.ReadInt32(0, mostBytes)));
}
