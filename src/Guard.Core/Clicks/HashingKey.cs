using System.Buffers.Binary;
using System.Globalization;

namespace Guard.Core.Clicks;

/// <summary>The deployment's 128-bit secret under which identities are hashed. No member gives it back, and no text shows it.</summary>
public sealed class HashingKey
{
    /// <summary>The key's length in bytes.</summary>
    public const int Bytes = 16;

    private HashingKey(ulong first, ulong second) => (First, Second) = (first, second);

    internal ulong First { get; }

    internal ulong Second { get; }

    /// <summary>Takes a key of <see cref="Bytes"/> bytes.</summary>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public static HashingKey FromBytes(ReadOnlySpan<byte> key) => key.Length == Bytes
        ? new HashingKey(BinaryPrimitives.ReadUInt64LittleEndian(key), BinaryPrimitives.ReadUInt64LittleEndian(key[8..]))
        : throw new ArgumentException($"A hashing key has {Bytes} bytes, not {key.Length}.", nameof(key));

    /// <summary>Reads 32 hexadecimal digits of either case.</summary>
    /// <exception cref="FormatException">The text is something else; the message does not repeat it.</exception>
    public static HashingKey Parse(ReadOnlySpan<char> hex) => TryParse(hex, out var key)
        ? key
        : throw new FormatException($"A hashing key is {2 * Bytes} hexadecimal digits; this text has {hex.Length.ToString(CultureInfo.InvariantCulture)} characters or others among them.");

    /// <summary>Reads 32 hexadecimal digits of either case.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out HashingKey? key)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        key = hex.Length == 2 * Bytes && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? FromBytes(bytes) : null;
        return key is not null;
    }

    /// <summary>Gets a text without the key.</summary>
    public override string ToString() => "hashing key (hidden)";
}
