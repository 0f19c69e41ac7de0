using Guard.Core.Clicks;
using Guard.Core.Counters;

namespace Guard.Core.Tests.Counters;

public sealed class UserShardTests
{
    private const long Noon = 1_767_268_800_000; // 2026-01-01T12:00:00Z
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private long _sequence;

    [Fact]
    public void Windows_count_the_clicks_in_their_tiles()
    {
        var shard = new UserShard(10);
        UserCounters last = default;
        foreach (var ago in (long[])[23 * Hour, 50 * Minute, 8 * Minute, 30_000, 0])
        {
            last = Apply(shard, Click(Noon - ago));
        }

        Assert.Equal(new Windowed<int>(2, 3, 4, 5), last.Clicks);
        Assert.Equal(3, last.ActiveHours);
        Assert.Equal(30_000, last.Gap);
        Assert.Equal(4, last.Gaps);
    }

    [Fact]
    public void A_late_click_counts_in_the_tile_where_it_belongs()
    {
        var shard = new UserShard(10);
        Apply(shard, Click(Noon));
        var late = Apply(shard, Click(Noon - 5 * Minute) with { Traits = ClickTraits.Late });
        Assert.Equal(new Windowed<int>(1, 2, 2, 2), late.Clicks);
        Assert.Equal(2, late.ActiveHours);
        Assert.Equal(1 + MathF.Pow(2, -0.5f), late.RateTenMinutes, 1e-6f);
        Assert.Equal(0, late.Gaps);
    }

    [Fact]
    public void Decayed_rates_equal_their_closed_form()
    {
        var random = new Random(2);
        var shard = new UserShard(10);
        var times = new List<long>();
        for (var i = 0; i < 300; i++)
        {
            times.Add(Noon + i * 40_000L - random.Next(600_000));
            var rates = Apply(shard, Click(times[^1]));
            var newest = times.Max();
            double Sum(double halfLife) => times.Sum(time => Math.Pow(2, (time - newest) / halfLife));
            Assert.Equal(1, rates.RateTenSeconds / Sum(10_000), 1e-5);
            Assert.Equal(1, rates.RateTenMinutes / Sum(600_000), 1e-5);
            Assert.Equal(1, rates.RateSixHours / Sum(21_600_000), 1e-5);
        }
    }

    [Fact]
    public void The_first_gaps_have_the_plain_mean_and_variance_of_their_logarithms()
    {
        var shard = new UserShard(10);
        long[] gaps = [500, 90_000, 1_200, 3_000_000, 0, 42];
        var time = Noon;
        Apply(shard, Click(time));
        UserCounters last = default;
        foreach (var gap in gaps)
        {
            last = Apply(shard, Click(time += gap));
        }

        var logarithms = gaps.Select(static gap => Math.Log(1 + gap)).ToArray();
        var mean = logarithms.Average();
        Assert.Equal(mean, last.GapMean, 1e-5);
        Assert.Equal(logarithms.Average(x => (x - mean) * (x - mean)), last.GapVariance, 1e-4);
    }

    [Fact]
    public void A_click_too_late_is_read_on_the_counters_as_they_stand_and_changes_none()
    {
        var shard = new UserShard(10);
        var before = Apply(shard, Click(Noon));
        Assert.True(shard.TryRead(1, out var held));
        var read = Apply(shard, Click(Noon - 30 * Hour) with { Traits = ClickTraits.TooLate });
        Assert.Equal(before with { Gap = 30 * Hour }, read);
        Assert.Equal(default, Apply(shard, Click(Noon - 30 * Hour, user: 9) with { Traits = ClickTraits.TooLate }));
        Assert.Equal(1, shard.Count);
        Assert.Equal(3, shard.LastSequence(0));
        Assert.True(shard.TryRead(1, out var after));
        Assert.Equal(held, after);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-11_644_473_600_000)] // 1601
    [InlineData(253_402_300_799_000)] // 9999
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_time_out_of_range_is_read_and_not_counted(long time)
    {
        var shard = new UserShard(10);
        Apply(shard, Click(Noon));
        Apply(shard, Click(time));
        Assert.True(shard.TryRead(1, out var counters));
        Assert.Equal(1, counters.Clicks.Day);
    }

    [Fact]
    public void A_user_idle_beyond_the_horizon_starts_anew()
    {
        var shard = new UserShard(10);
        var first = Apply(shard, Click(Noon));
        var held = Apply(shard, Click(Noon + CounterTime.Horizon));
        Assert.Equal(1, held.Gaps);
        Assert.Equal(first, Apply(shard, Click(Noon + 2 * CounterTime.Horizon + 1)));
    }

    [Fact]
    public void A_third_session_takes_the_place_of_the_one_less_recently_used()
    {
        var shard = new UserShard(10);
        int Visit(ulong session) => Apply(shard, Click(Noon) with { Session = session }).SessionClicks;
        Assert.Equal([1, 2, 1, 3, 1, 4, 1], ((ulong[])[7, 7, 8, 7, 9, 7, 8]).Select(Visit));
        Assert.Equal(0, Visit(0));
    }

    [Fact]
    public void Small_tiles_stop_at_255()
    {
        var shard = new UserShard(10);
        UserCounters last = default;
        for (var i = 0; i < 300; i++)
        {
            last = Apply(shard, Click(Noon));
        }

        Assert.Equal(new Windowed<int>(255, 255, 255, 300), last.Clicks);
        Assert.Equal(255, last.Gaps);
    }

    [Fact]
    public void At_capacity_the_least_recently_used_of_a_sample_gives_way_and_is_counted()
    {
        var shard = new UserShard(100);
        for (var user = 1UL; user <= 1000; user++)
        {
            Apply(shard, Click(Noon + (long)user, user));
            Apply(shard, Click(Noon + (long)user, user: 5000));
            Assert.True(shard.TryRead(user, out _));
        }

        Assert.Equal(100, shard.Count);
        Assert.Equal(901, shard.ForcedEvictions);
        Assert.True(shard.TryRead(5000, out var busy));
        Assert.Equal(1000, busy.Clicks.Day);
        Assert.Equal(100, Enumerable.Range(1, 5000).Count(user => shard.TryRead((ulong)user, out _)));
    }

    [Fact]
    public void A_full_shard_saved_and_loaded_evicts_as_one_that_never_stopped()
    {
        var stream = new ClickStreams { Length = 4000, Users = 3000, Step = 5000 }.Generate(3);
        var whole = new ShardRun(2, capacity: 64);
        var stopped = new ShardRun(2, capacity: 64);
        var expected = whole.Apply(stream);
        var first = stopped.Apply([.. stream.Take(2000)]);
        stopped.SaveAndLoad();
        Assert.Equal(expected, first.Concat(stopped.Apply([.. stream.Skip(2000)])));
        Assert.Equal(whole.Save(), stopped.Save());
        Assert.True(stopped.Users[0].ForcedEvictions > 100);
    }

    [Fact]
    public void The_steady_state_allocates_nothing()
    {
        var run = new ShardRun();
        var stream = new ClickStreams { Length = 6_000, Partitions = 1, Step = 1000, Users = 2000 }.Generate(1);
        run.Apply(stream);
        Click[][] later = [.. Enumerable.Range(1, 8).Select(time => stream.Select(a => a.Click with { Sequence = a.Click.Sequence + (time * stream.Count), Time = a.Click.Time + (time * 60_000) }).ToArray())];
        var rows = Enumerable.Range(0, stream.Count).ToArray();
        var users = new UserCounters[stream.Count];
        var entities = new EntityCounters[stream.Count];
        var (userShard, entityShard) = (run.Users[0], run.Entities[0]);
        userShard.Apply(0, later[0], rows, users);
        entityShard.Apply(0, later[0], rows, entities);
        Assert.Equal(0, Allocation.Least(attempt =>
        {
            userShard.Apply(0, later[attempt + 1], rows, users);
            entityShard.Apply(0, later[attempt + 1], rows, entities);
        }));
    }

    [Fact]
    public void A_partition_out_of_range_or_too_few_readings_are_refused()
    {
        var shard = new UserShard(10);
        Assert.Throws<ArgumentOutOfRangeException>(() => shard.Apply(-1, [], [], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => shard.Apply(65_536, [], [], []));
        Assert.Throws<ArgumentException>(() => shard.Apply(0, [Click(Noon)], [0], []));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new UserShard(0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new EntityShard(1 << 25));
    }

    private static UserCounters Apply(UserShard shard, Click click)
    {
        var readings = new UserCounters[1];
        shard.Apply(0, [click], [0], readings);
        return readings[0];
    }

    private Click Click(long time, ulong user = 1) => new() { Sequence = ++_sequence, Time = time, User = user };
}
