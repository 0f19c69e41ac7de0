namespace Guard.Core.Counters;

/// <summary>How keys spread over shards, index places and fingerprints.</summary>
public static class KeyHash
{
    /// <summary>Gets the shard, in [0, <paramref name="shards"/>), that holds a key.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no shard.</exception>
    public static int ShardOf(ulong key, int shards)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shards);
        return (int)(((Mix(key ^ 0xA0761D6478BD642F) >> 32) * (uint)shards) >> 32);
    }

    /// <summary>A bijection of the 64-bit words that spreads every input bit; the finaliser of SplitMix64 (Steele et al., OOPSLA 2014).</summary>
    internal static ulong Mix(ulong word)
    {
        word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
        word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
        return word ^ (word >> 31);
    }

    /// <summary>The 32-bit fingerprint by which a session, user or user agent is told from others of the same key.</summary>
    internal static uint Fingerprint(ulong value) => (uint)(Mix(value ^ 0xE7037ED1A0B428DB) >> 32);
}
