using System.Buffers;
using System.Text;

namespace Guard.Core.Lists;

/// <summary>Matches user agents with a <see cref="CrawlerList"/> and remembers the answer by the user agent's hash. Safe for concurrent use.</summary>
/// <remarks>
/// The cache is direct-mapped: the slot is the low half-word of the hash, and an entry holds the other 48 bits beside the
/// answer, so that one atomic 64-bit load decides a hit exactly.
/// </remarks>
public sealed class CrawlerMatcher
{
    private const int Slots = 1 << 16;
    private const int NoMatch = 1;
    private readonly ulong[] _cache = new ulong[Slots];

    /// <summary>Initialises a matcher.</summary>
    /// <exception cref="ArgumentException">The list has more patterns than an entry can name.</exception>
    public CrawlerMatcher(CrawlerList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        List = list.Patterns.Count <= ushort.MaxValue - NoMatch - 1
            ? list
            : throw new ArgumentException($"A crawler list holds at most {ushort.MaxValue - NoMatch - 1} patterns, and this one {list.Patterns.Count}.", nameof(list));
    }

    /// <summary>Gets the list.</summary>
    public CrawlerList List { get; }

    /// <summary>Gets the index of the first pattern that matches; −1 where none does.</summary>
    /// <param name="hash">The user agent's hash; 0 stands for no user agent, which matches nothing.</param>
    /// <param name="userAgent">The user agent in UTF-8.</param>
    public int Match(ulong hash, ReadOnlySpan<byte> userAgent)
    {
        if (hash == 0)
        {
            return -1;
        }

        ref var slot = ref _cache[hash & (Slots - 1)];
        var tag = hash & ~(ulong)(Slots - 1);
        var entry = Volatile.Read(ref slot);
        if (entry != 0 && (entry & ~(ulong)(Slots - 1)) == tag)
        {
            return (int)(entry & (Slots - 1)) - NoMatch - 1;
        }

        var match = MatchText(userAgent);
        Volatile.Write(ref slot, tag | (uint)(match + NoMatch + 1));
        return match;
    }

    private int MatchText(ReadOnlySpan<byte> userAgent)
    {
        var rented = ArrayPool<char>.Shared.Rent(userAgent.Length);
        try
        {
            return List.Match(rented.AsSpan(0, Encoding.UTF8.GetChars(userAgent, rented)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }
}
