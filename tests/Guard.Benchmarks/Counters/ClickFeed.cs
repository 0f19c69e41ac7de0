using System.Diagnostics;
using Guard.Core.Clicks;
using Guard.Core.Counters;

namespace Guard.Benchmarks.Counters;

/// <summary>Batches of clicks spread over a day, refilled in place.</summary>
internal sealed class ClickFeed(int clicksADay)
{
    /// <summary>How many clicks a batch has at most.</summary>
    public const int Batch = 4096;

    private const long Start = 1_767_225_600_000;
    private const long Day = 86_400_000;
    private readonly Random _random = new(3);
    private readonly Click[] _clicks = new Click[Batch];
    private readonly int[] _rows = [.. Enumerable.Range(0, Batch)];
    private int _length;

    public UserCounters[] Users { get; } = new UserCounters[Batch];

    public EntityCounters[] Entities { get; } = new EntityCounters[Batch];

    public UserAgentCounters[] UserAgents { get; } = new UserAgentCounters[Batch];

    public long Sequence { get; set; } = 1;

    public ReadOnlySpan<Click> Clicks => _clicks.AsSpan(0, _length);

    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, _length);

    /// <summary>Gets the key of a user, an address or a user agent by its number.</summary>
    public static ulong User(long number) => (ulong)(number + 1) * 0x9E3779B97F4A7C15;

    public void Fill(ReadOnlySpan<ulong> users, ReadOnlySpan<ulong> entities)
    {
        for (_length = 0; _length < users.Length; _length++)
        {
            Set(users[_length], entities[_length]);
        }
    }

    public void Fill(ReadOnlySpan<(ulong Entity, ulong User)> pairs)
    {
        for (_length = 0; _length < pairs.Length; _length++)
        {
            Set(pairs[_length].User, pairs[_length].Entity);
        }
    }

    public void Pick(Func<int, ulong> key)
    {
        for (_length = 0; _length < Batch; _length++)
        {
            var user = key(_random.Next());
            Set(user, user);
        }
    }

    public void PickUserAgents(Func<double, ulong> key)
    {
        Pick(static i => User(i));
        foreach (ref var click in _clicks.AsSpan(0, _length))
        {
            click.UserAgent = key(_random.NextDouble());
        }
    }

    public void PickPairs((ulong Entity, ulong User)[] pairs)
    {
        for (_length = 0; _length < Batch; _length++)
        {
            var (entity, user) = pairs[_random.Next(pairs.Length)];
            Set(user, entity);
        }
    }

    public (double Least, double Median, double Tail) Time(Action prepare, Action work)
    {
        const int Rounds = 600;
        var times = new double[Rounds];
        for (var round = -100; round < Rounds; round++)
        {
            prepare();
            var clock = Stopwatch.GetTimestamp();
            work();
            if (round >= 0)
            {
                times[round] = Stopwatch.GetElapsedTime(clock).TotalNanoseconds / _length;
            }
        }

        Array.Sort(times);
        return (times[0], times[Rounds / 2], times[Rounds * 99 / 100]);
    }

    private void Set(ulong user, ulong entity)
    {
        var sequence = Sequence++;
        _clicks[_length] = new Click
        {
            Sequence = sequence,
            Time = Start + (long)((double)sequence / clicksADay * Day),
            User = user,
            Session = user * 31 + (_random.Next(13) < 10 ? 0UL : 1UL),
            Entity = entity,
            UserAgent = user / 3 * 2 + 1,
        };
    }
}
