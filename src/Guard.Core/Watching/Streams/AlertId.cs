using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Guard.Core.Watching.Streams;

/// <summary>The stable id of an alert.</summary>
internal static class AlertId
{
    private const int IdBytes = 16;

    /// <summary>Gets the first 128 bits, in hexadecimal digits, of the SHA-256 of start, repeat and stream.</summary>
    /// <param name="stream">The stream's name.</param>
    /// <param name="start">When the alert started, in Unix milliseconds.</param>
    /// <param name="repeat">How many earlier alerts of the stream have the same start, which readings of one and the same time allow.</param>
    public static string Of(string stream, long start, int repeat)
    {
        var text = new byte[sizeof(long) + sizeof(int) + Encoding.UTF8.GetByteCount(stream)];
        BinaryPrimitives.WriteInt64LittleEndian(text, start);
        BinaryPrimitives.WriteInt32LittleEndian(text.AsSpan(sizeof(long)), repeat);
        Encoding.UTF8.GetBytes(stream, text.AsSpan(sizeof(long) + sizeof(int)));
        return Convert.ToHexStringLower(SHA256.HashData(text).AsSpan(0, IdBytes));
    }
}
