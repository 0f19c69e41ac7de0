using Guard.Core.Clicks;

namespace Guard.Cluster.Benchmarks.Counters;

/// <summary>
/// An endless stream of clicks in the order of their time, four a user and day: users at random, each with an address that
/// five share (one click in 32 comes from elsewhere), one of two sessions and one of 2,000 user agents. None of them is hot,
/// as a grain of its own would be slow for one that is. Safe for concurrent use.
/// </summary>
/// <param name="users">How many users there are.</param>
internal sealed class ClickStream(int users)
{
    private const long Start = 1_767_225_600_000;
    private const double Day = 86_400_000;
    private const int ClicksADay = 4;
    private const int UsersAnAddress = 5;
    private const int UserAgents = 2_000;
    private long _next;

    public int Users => users;

    /// <summary>Gets how many clicks were taken.</summary>
    public long Taken => Volatile.Read(ref _next);

    /// <summary>Takes the numbers of the next clicks.</summary>
    /// <returns>The first of them.</returns>
    public long Take(int clicks) => Interlocked.Add(ref _next, clicks) - clicks;

    /// <summary>Gets the click of a number. The first clicks are of every user once.</summary>
    public Click this[long number]
    {
        get
        {
            var random = Mix((ulong)number);
            var user = number < users ? (uint)number : (uint)((random >> 32) * (ulong)users >> 32);
            var address = (random & 31) == 0 ? (uint)((random >> 5) % (ulong)users) : user;
            return new Click
            {
                Time = Start + (long)(number * (Day / ClicksADay) / users),
                User = Key(user, 1),
                Session = Key(user, 2) + (random >> 8 & 1),
                Entity = Key(address / UsersAnAddress, 3),
                UserAgent = Key(user % UserAgents, 4),
            };
        }
    }

    private static ulong Key(uint number, uint kind) => Mix(((ulong)kind << 32) + number) | 1;

    /// <summary>SplitMix64's finaliser.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
