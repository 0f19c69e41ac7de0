namespace Guard.Core.Estimation.Detection;

/// <summary>The 64-bit hash FNV-1a, against damage by accident.</summary>
internal static class Checksum
{
    public const long Start = unchecked((long)0xcbf29ce484222325);

    /// <summary>Returns the hash of what was hashed before and these bytes.</summary>
    public static long Of(long before, ReadOnlySpan<byte> bytes)
    {
        var hash = unchecked((ulong)before);
        foreach (var one in bytes)
        {
            hash = unchecked((hash ^ one) * 0x100000001b3);
        }

        return unchecked((long)hash);
    }
}
