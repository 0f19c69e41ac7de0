using Guard.Core.Clicks;
using Guard.Core.Counters;

namespace Guard.Core.Tests.Counters;

/// <summary>
/// Recomputes every counter of every click from the raw list of clicks, by definition and without shards, rings, slots,
/// tables or eviction. Slow on purpose.
/// </summary>
public sealed class NaiveCounters
{
    private const long Second = 1000;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;
    private readonly Dictionary<ulong, List<Click>> _byUser = [];
    private readonly Dictionary<ulong, List<Click>> _byEntity = [];
    private readonly Dictionary<ulong, List<Click>> _byUserAgent = [];
    private readonly Dictionary<(ulong Entity, int Kind), bool> _approximate = [];
    private readonly Dictionary<int, (long Sequence, long? Newest)> _partitions = [];

    public Readings Next(Arrival arrival)
    {
        var (partition, click) = (arrival.Partition, arrival.Click);
        var (sequence, newest) = _partitions.GetValueOrDefault(partition);
        var counts = click.Sequence > sequence && !click.Traits.HasFlag(ClickTraits.TooLate);
        var least = _partitions.Values.Min(static p => p.Newest);
        var (reclaimBefore, longReclaimBefore) = (least - 3 * Day ?? long.MinValue, least - 15 * Day ?? long.MinValue);
        _partitions[partition] = (Math.Max(sequence, click.Sequence), counts ? Math.Max(newest ?? long.MinValue, click.Time) : newest);
        return new Readings(
            User(click, counts, reclaimBefore),
            click.Entity == 0 ? default : Entity(click, counts, longReclaimBefore),
            click.UserAgent == 0 ? default : UserAgent(click, counts, longReclaimBefore));
    }

    private UserCounters User(Click click, bool counts, long reclaimBefore)
    {
        var life = Life(_byUser, click.User, click, counts, 2 * Day, reclaimBefore);
        if (life.Count == 0)
        {
            return default;
        }

        var newest = life.Max(static c => c.Time);
        var (gaps, mean, variance) = (0, 0f, 0f);
        var rates = new float[3];
        double[] halfLives = [10 * Second, 10 * Minute, 6 * Hour];
        var before = life[0].Time;
        for (var i = 0; i < life.Count; i++)
        {
            var elapsed = life[i].Time - before;
            for (var r = 0; r < 3; r++)
            {
                var decay = ElementaryFunctions.Exp2(Math.Abs(elapsed) * (-1 / halfLives[r]));
                rates[r] = elapsed < 0 ? rates[r] + decay : rates[r] * decay + 1;
            }

            if (i > 0 && elapsed >= 0)
            {
                gaps = Math.Min(255, gaps + 1);
                var weight = Math.Max(1f / gaps, 1f / 16);
                var deviation = ElementaryFunctions.Ln(1.0 + elapsed) - mean;
                mean += weight * deviation;
                variance = (1 - weight) * (variance + weight * deviation * deviation);
            }

            before = Math.Max(before, life[i].Time);
        }

        return new UserCounters
        {
            Clicks = Clicks(life, newest, 255, InTiles(life, newest, Hour, 24, 65_535)),
            RateTenSeconds = rates[0],
            RateTenMinutes = rates[1],
            RateSixHours = rates[2],
            Gap = Gap(life, click, counts, 2 * Day),
            Gaps = (byte)gaps,
            GapMean = mean,
            GapVariance = variance,
            ActiveHours = life.Select(static c => c.Time / Hour).Where(h => h > newest / Hour - 24).Distinct().Count(),
            SessionClicks = click.Session == 0 ? 0 : InTiles(SessionStay(life, click.Session), newest, 15 * Minute, 4, 255),
        };
    }

    private EntityCounters Entity(Click click, bool counts, long reclaimBefore)
    {
        var life = Life(_byEntity, click.Entity, click, counts, 14 * Day, reclaimBefore);
        if (life.Count == 0)
        {
            return default;
        }

        var newest = life.Max(static c => c.Time);
        return new EntityCounters
        {
            Clicks = Clicks(life, newest, 65_535, InTiles(life, newest, 2 * Hour, 12, 65_535)),
            RateWeek = RateWeek(life),
            Gap = Gap(life, click, counts, 14 * Day),
            Users = Distinct(click.Entity, 0, life, static c => c.User, counts),
            Sessions = Distinct(click.Entity, 1, life, static c => c.Session, counts),
            UserAgents = Distinct(click.Entity, 2, life, static c => c.UserAgent, counts),
        };
    }

    private UserAgentCounters UserAgent(Click click, bool counts, long reclaimBefore)
    {
        var life = Life(_byUserAgent, click.UserAgent, click, counts, 14 * Day, reclaimBefore);
        return life.Count == 0 ? default : new UserAgentCounters { RateWeek = RateWeek(life) };
    }

    private static double RateWeek(List<Click> life)
    {
        var rate = 1.0;
        var newest = life[0].Time;
        foreach (var click in life.Skip(1))
        {
            var decay = ElementaryFunctions.Power2(Math.Abs(click.Time - newest) * (-1.0 / (7 * Day)));
            rate = click.Time < newest ? rate + decay : rate * decay + 1;
            newest = Math.Max(newest, click.Time);
        }

        return rate;
    }

    private static long Gap(List<Click> life, Click click, bool counts, long horizon)
    {
        var others = counts ? life[..^1] : life;
        return others.Count == 0 ? horizon : Math.Min(horizon, Math.Abs(click.Time - others.Max(static c => c.Time)));
    }

    /// <summary>The clicks of a key since it was last idle for longer than the horizon.</summary>
    private static List<Click> Life(Dictionary<ulong, List<Click>> clicks, ulong key, Click click, bool counts, long horizon, long reclaimBefore)
    {
        if (!clicks.TryGetValue(key, out var all))
        {
            clicks[key] = all = [];
        }

        if (counts)
        {
            all.Add(click);
        }

        var start = 0;
        var newest = long.MaxValue - horizon;
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i].Time > newest + horizon)
            {
                start = i;
                newest = all[i].Time;
            }

            newest = i == start ? all[i].Time : Math.Max(newest, all[i].Time);
        }

        var gone = !counts && (newest < reclaimBefore || click.Time > newest + horizon);
        return gone ? [] : all[start..];
    }

    private static Windowed<int> Clicks(List<Click> life, long newest, int mostInFiveMinutes, int day) => new(
        InTiles(life, newest, 10 * Second, 6, 255),
        InTiles(life, newest, Minute, 10, 255),
        InTiles(life, newest, 5 * Minute, 12, mostInFiveMinutes),
        day);

    private static int InTiles(IEnumerable<Click> clicks, long newest, long length, int tiles, int most) => clicks
        .Select(c => c.Time / length)
        .Where(tile => tile > newest / length - tiles)
        .GroupBy(static tile => tile)
        .Sum(tile => Math.Min(most, tile.Count()));

    /// <summary>The clicks of a session since it last came in as one of the two sessions most recently used.</summary>
    private static List<Click> SessionStay(List<Click> life, ulong session)
    {
        var stay = new List<Click>();
        var others = new HashSet<ulong>();
        for (var i = life.Count - 1; i >= 0 && others.Count < 2; i--)
        {
            if (life[i].Session == session)
            {
                stay.Add(life[i]);
                others.Clear();
            }
            else if (life[i].Session != 0)
            {
                others.Add(life[i].Session);
            }
        }

        return stay;
    }

    private Windowed<float> Distinct(ulong entity, int kind, List<Click> life, Func<Click, ulong> value, bool counts)
    {
        var newest = life.Max(static c => c.Time);
        var recent = life.Where(c => c.Time > newest - 25 * Hour).ToArray();
        HashSet<ulong> In(long length, int tiles) => [.. recent.Where(c => c.Time / length > newest / length - tiles).Select(value).Where(static v => v != 0)];
        HashSet<ulong>[] windows = [In(10 * Second, 6), In(Minute, 10), In(5 * Minute, 12), In(Hour, 24)];
        if (counts)
        {
            var exact = windows[3].Count;
            var before = life.Count > 1 && _approximate.GetValueOrDefault((entity, kind));
            _approximate[(entity, kind)] = exact > 128 || (before && exact > 0);
        }

        Func<HashSet<ulong>, float> count = _approximate[(entity, kind)] ? Estimate : static values => values.Count;
        return new Windowed<float>(count(windows[0]), count(windows[1]), count(windows[2]), count(windows[3]));
    }

    private static float Estimate(HashSet<ulong> values)
    {
        var registers = new int[128];
        foreach (var value in values)
        {
            var bits = Convert.ToString(KeyHash.Fingerprint(value), 2).PadLeft(32, '0');
            var register = Convert.ToInt32(bits[..7], 2);
            var rank = bits[7..].TakeWhile(static bit => bit == '0').Count() + 1;
            registers[register] = Math.Max(registers[register], Math.Min(16, rank));
        }

        var sum = registers.Where(static r => r is > 0 and < 16).Sum(static r => 1 << (15 - r));
        return HyperLogLog.Estimate(sum, registers.Count(static r => r == 0), registers.Count(static r => r == 16));
    }
}
