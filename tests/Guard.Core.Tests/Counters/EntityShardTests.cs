using Guard.Core.Clicks;
using Guard.Core.Counters;

namespace Guard.Core.Tests.Counters;

public sealed class EntityShardTests
{
    private const long Noon = 1_767_268_800_000; // 2026-01-01T12:00:00Z
    private const long Minute = 60_000;
    private const long Week = 7 * 24 * 60 * Minute;
    private long _sequence;

    [Fact]
    public void Distinct_counts_are_exact_up_to_128_and_estimates_beyond()
    {
        var shard = new EntityShard(10);
        for (var user = 1UL; user <= 128; user++)
        {
            Assert.Equal((float)user, Apply(shard, Noon, user).Users.Minute);
        }

        var estimate = Apply(shard, Noon, user: 129).Users;
        Assert.InRange(estimate.Minute, 129 * 0.7f, 129 * 1.3f);
        Assert.Equal(estimate.Minute, estimate.Day);
    }

    [Fact]
    public void A_value_is_distinct_in_each_window_in_which_it_was_last_seen()
    {
        var shard = new EntityShard(10);
        Apply(shard, Noon - 180 * Minute, user: 1);
        Apply(shard, Noon - 30 * Minute, user: 2);
        Apply(shard, Noon - 5 * Minute, user: 1);
        var last = Apply(shard, Noon, user: 3);
        Assert.Equal(new Windowed<float>(1, 2, 3, 3), last.Users);
        Assert.Equal(new Windowed<int>(1, 2, 3, 4), last.Clicks);
    }

    [Fact]
    public void Expired_values_are_reclaimed_before_a_list_grows()
    {
        var shard = new EntityShard(10);
        for (var i = 0; i < 2000; i++)
        {
            Apply(shard, Noon + i * 50 * Minute, user: (ulong)i + 1);
        }

        // At most 29 users fall in 24 hours: a list of 32, and never a sketch.
        var memory = shard.MemoryBytes;
        for (var i = 2000; i < 4000; i++)
        {
            Assert.InRange(Apply(shard, Noon + i * 50 * Minute, user: (ulong)i + 1).Users.Day, 27, 29);
        }

        Assert.Equal(memory, shard.MemoryBytes);
    }

    [Theory]
    [InlineData(23, 3)]
    [InlineData(24, 1)]
    public void Reclaiming_keeps_what_lies_in_the_first_tile_of_the_day(int hours, int users)
    {
        var shard = new EntityShard(10);
        Apply(shard, Noon, user: 1);
        Apply(shard, Noon, user: 2);
        Assert.Equal(users, Apply(shard, Noon + hours * 60 * Minute, user: 3).Users.Day);
    }

    [Fact]
    public void Evicted_addresses_give_their_lists_and_sketches_back()
    {
        var shard = new EntityShard(4);
        long settled = 0;
        for (var entity = 1UL; entity <= 200; entity++)
        {
            for (var user = 1UL; user <= 200; user++)
            {
                Apply(shard, Noon + (long)entity, user, entity);
            }

            settled = entity == 20 ? shard.MemoryBytes : settled;
        }

        Assert.Equal(196, shard.ForcedEvictions);
        Assert.Equal(settled, shard.MemoryBytes);
    }

    [Fact]
    public void The_rate_of_a_week_halves_in_seven_days_and_a_late_click_adds_what_is_left_of_it()
    {
        var shard = new EntityShard(10);
        Apply(shard, Noon, user: 1);
        Assert.Equal(1.5, Apply(shard, Noon + Week, user: 1).RateWeek, 1e-12);
        Assert.Equal(1.5 + Math.Sqrt(0.5), Apply(shard, Noon + Week / 2, user: 1).RateWeek, 1e-7);
    }

    [Fact]
    public void A_busy_addresss_rate_still_decays_between_clicks_that_are_a_millisecond_apart()
    {
        var shard = new EntityShard(10);
        EntityCounters last = default;
        for (var i = 0; i < 20_000; i++)
        {
            last = Apply(shard, Noon + i, user: 1);
        }

        // The sum of 2^(−i/week) over i below 20,000, to the first order in 1/week: the next term is 2e-6.
        Assert.Equal(20_000 - Math.Log(2) / Week * 20_000 * 19_999 / 2, last.RateWeek, 1e-5);
    }

    [Fact]
    public void An_address_is_remembered_for_fourteen_days_and_then_starts_anew()
    {
        var shard = new EntityShard(10);
        var first = Apply(shard, Noon, user: 1);
        Assert.Equal(CounterTime.LongHorizon, first.Gap);
        var held = Apply(shard, Noon + CounterTime.LongHorizon, user: 1);
        Assert.Equal((1.25, CounterTime.LongHorizon), (held.RateWeek, held.Gap));
        Assert.Equal(new Windowed<int>(1, 1, 1, 1), held.Clicks);
        Assert.Equal(first, Apply(shard, Noon + 2 * CounterTime.LongHorizon + 1, user: 1));
    }

    [Fact]
    public void A_click_without_an_address_reads_the_default_counters_and_is_noted_as_seen()
    {
        var shard = new EntityShard(10);
        Assert.Equal(default, Apply(shard, Noon, user: 1, entity: 0));
        Assert.Equal(0, shard.Count);
        Assert.Equal(1, shard.LastSequence(0));
    }

    [Fact]
    public void Missing_sessions_and_user_agents_are_no_values()
    {
        var shard = new EntityShard(10);
        var reading = Apply(shard, Noon, user: 1);
        Assert.Equal(default, reading.Sessions);
        Assert.Equal(default, reading.UserAgents);
        Assert.True(shard.TryRead(1, out var read));
        Assert.Equal(reading with { Gap = 0 }, read);
        Assert.False(shard.TryRead(2, out _));
    }

    private EntityCounters Apply(EntityShard shard, long time, ulong user, ulong entity = 1)
    {
        var readings = new EntityCounters[1];
        shard.Apply(0, [new Click { Sequence = ++_sequence, Time = time, User = user, Entity = entity }], [0], readings);
        return readings[0];
    }
}
