namespace Guard.Core.Clicks;

/// <summary>
/// A slice of traffic on the path device, login, marketplace: <c>all</c>, <c>mobile</c>, <c>mobile/in</c> or
/// <c>mobile/in/DE</c>. Thresholds are kept per slice, and a slice too thin for its own takes its parent's.
/// </summary>
/// <remarks><see cref="Code"/> is dense, in [0, <see cref="Count"/>), so that a threshold is found by an array index.</remarks>
public readonly record struct Slice
{
    /// <summary>The number of codes.</summary>
    public const int Count = FirstLeaf + Devices * 2 * Marketplace.Count;

    /// <summary>The codes below are those of slices that are no leaves: all traffic, devices, devices with login.</summary>
    public const int InnerCount = FirstLeaf;

    private const int Devices = 5;
    private const int FirstDevice = 1;
    private const int FirstLogin = FirstDevice + Devices;
    private const int FirstLeaf = FirstLogin + Devices * 2;
    private static readonly string[] s_devices = ["unknown", "desktop", "mobile", "tablet", "tv"];

    private Slice(int code) => Code = code;

    /// <summary>Gets the slice of all traffic.</summary>
    public static Slice All => default;

    /// <summary>Gets the dense code.</summary>
    public int Code { get; }

    /// <summary>Gets how many of device, login and marketplace the slice fixes: 0 (all traffic) to 3 (a leaf).</summary>
    public int Depth => Code >= FirstLeaf ? 3 : Code >= FirstLogin ? 2 : Code >= FirstDevice ? 1 : 0;

    /// <summary>Gets the slice one step up the path; all traffic is its own parent.</summary>
    public Slice Parent => Depth switch
    {
        3 => new Slice(FirstLogin + (Code - FirstLeaf) / Marketplace.Count),
        2 => new Slice(FirstDevice + (Code - FirstLogin) / 2),
        _ => All,
    };

    /// <summary>Gets the leaf that a click belongs to.</summary>
    public static Slice Of(in Click click) => Leaf(click.Device, click.LoggedIn, click.Marketplace);

    /// <summary>Gets a leaf.</summary>
    public static Slice Leaf(DeviceType device, bool loggedIn, Marketplace marketplace) =>
        new(FirstLeaf + ((int)device * 2 + (loggedIn ? 1 : 0)) * Marketplace.Count + marketplace.Code);

    /// <summary>Gets the slice with a code in [0, <see cref="Count"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The code is outside the range.</exception>
    public static Slice FromCode(int code)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(code);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(code, Count);
        return new Slice(code);
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text names no slice.</exception>
    public static Slice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "all")
        {
            return All;
        }

        var parts = text.Split('/');
        var device = Array.IndexOf(s_devices, parts[0]);
        var login = parts.Length > 1 ? Array.IndexOf(s_logins, parts[1]) : 0;
        if (device < 0 || login < 0 || parts.Length > 3)
        {
            throw new FormatException($"'{text}' is not a slice: write all, or device[/in|out[/marketplace]] such as mobile/in/DE.");
        }

        return parts.Length switch
        {
            1 => new Slice(FirstDevice + device),
            2 => new Slice(FirstLogin + device * 2 + login),
            _ => Leaf((DeviceType)device, login == 1, parts[2] == "--" ? default : Marketplace.Parse(parts[2])),
        };
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        switch (Depth)
        {
            case 0:
                return "all";
            case 1:
                return s_devices[Code - FirstDevice];
            case 2:
                return $"{s_devices[(Code - FirstLogin) / 2]}/{s_logins[(Code - FirstLogin) % 2]}";
            default:
                return $"{Parent}/{Marketplace.FromCode((Code - FirstLeaf) % Marketplace.Count)}";
        }
    }

    private static readonly string[] s_logins = ["out", "in"];
}
