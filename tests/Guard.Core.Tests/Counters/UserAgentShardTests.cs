using Guard.Core.Clicks;
using Guard.Core.Counters;

namespace Guard.Core.Tests.Counters;

public sealed class UserAgentShardTests
{
    private const long Noon = 1_767_268_800_000; // 2026-01-01T12:00:00Z
    private const long Day = 86_400_000;
    private long _sequence;

    [Fact]
    public void Clicks_of_all_users_and_addresses_count_for_their_user_agent()
    {
        var shard = new UserAgentShard(10);
        Assert.Equal(1, Apply(shard, Noon, user: 1, userAgent: 5).RateWeek);
        Assert.Equal(1, Apply(shard, Noon, user: 1, userAgent: 6).RateWeek);
        Assert.Equal(2, Apply(shard, Noon, user: 2, userAgent: 5).RateWeek);
        Assert.Equal(2, shard.Count);
    }

    [Fact]
    public void The_rate_halves_in_seven_days_and_is_forgotten_after_fourteen_without_a_click()
    {
        var shard = new UserAgentShard(10);
        Apply(shard, Noon, user: 1, userAgent: 5);
        Assert.Equal(1.5, Apply(shard, Noon + 7 * Day, user: 2, userAgent: 5).RateWeek);
        Assert.Equal(1, Apply(shard, Noon + 21 * Day + 1, user: 3, userAgent: 5).RateWeek);
    }

    [Fact]
    public void A_click_without_a_user_agent_reads_the_default_counters_and_is_noted_as_seen()
    {
        var shard = new UserAgentShard(10);
        Assert.Equal(default, Apply(shard, Noon, user: 1, userAgent: 0));
        Assert.Equal((0, 1L), (shard.Count, shard.LastSequence(0)));
    }

    [Fact]
    public void A_user_agent_is_read_without_being_counted()
    {
        var shard = new UserAgentShard(10);
        var reading = Apply(shard, Noon, user: 1, userAgent: 5);
        Assert.True(shard.TryRead(5, out var read));
        Assert.Equal(reading, read);
        Assert.False(shard.TryRead(6, out _));
    }

    private UserAgentCounters Apply(UserAgentShard shard, long time, ulong user, ulong userAgent)
    {
        var readings = new UserAgentCounters[1];
        shard.Apply(0, [new Click { Sequence = ++_sequence, Time = time, User = user, UserAgent = userAgent, Entity = user }], [0], readings);
        return readings[0];
    }
}
