namespace Guard.Core.Clicks;

/// <summary>A marketplace, named by two capital ASCII letters such as <c>DE</c>; the default value stands for none.</summary>
/// <remarks><see cref="Code"/> lies in [0, <see cref="Count"/>): 0 for none, then AA to ZZ in alphabetical order.</remarks>
public readonly record struct Marketplace
{
    /// <summary>The number of codes: none and the 26² pairs of letters.</summary>
    public const int Count = 1 + 26 * 26;

    private Marketplace(ushort code) => Code = code;

    /// <summary>Gets the dense code of this marketplace.</summary>
    public ushort Code { get; }

    /// <summary>Gets the marketplace with a code in [0, <see cref="Count"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The code is outside the range.</exception>
    public static Marketplace FromCode(int code)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(code);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(code, Count);
        return new Marketplace((ushort)code);
    }

    /// <summary>Reads two ASCII letters of either case.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Marketplace marketplace)
    {
        if (text.Length == 2 && Letter(text[0]) is >= 0 and var first && Letter(text[1]) is >= 0 and var second)
        {
            marketplace = new Marketplace((ushort)(1 + first * 26 + second));
            return true;
        }

        marketplace = default;
        return false;
    }

    /// <summary>Reads two ASCII letters of either case.</summary>
    /// <exception cref="FormatException">The text is not two ASCII letters.</exception>
    public static Marketplace Parse(string text) =>
        text is { Length: 2 } && TryParse([(byte)text[0], (byte)text[1]], out var marketplace) && char.IsAscii(text[0]) && char.IsAscii(text[1])
            ? marketplace
            : throw new FormatException($"'{text}' is not a marketplace: write two letters, such as DE.");

    /// <inheritdoc/>
    public override string ToString() => Code == 0 ? "--" : new string([(char)('A' + (Code - 1) / 26), (char)('A' + (Code - 1) % 26)]);

    private static int Letter(byte value) => (value | 0x20) is >= 'a' and <= 'z' and var lower ? lower - 'a' : -1;
}
