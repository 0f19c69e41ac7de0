using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Engine.Shards;
using Guard.Grains.Counting;

namespace Guard.Grains.Tests.Counting;

public sealed class GrainCountersTests
{
    private const int Shards = 4;

    [Fact]
    public async Task Readings_are_those_of_the_local_engine()
    {
        await using var cluster = await GuardCluster.StartAsync(shards: Shards);
        var clicks = RandomTraffic.Clicks(1, 3000);

        var expected = await CountAsync(new LocalCounters(new ShardOptions { Shards = 3, Workers = 1 }), clicks, 700);
        var actual = await CountAsync(CountersOf(cluster), clicks, 256);

        AssertSame(expected, actual);
    }

    [Fact]
    public async Task A_killed_silo_changes_no_reading()
    {
        await using var cluster = await GuardCluster.StartAsync(3, shards: Shards);
        var clicks = RandomTraffic.Clicks(2, 6000);
        var expected = await CountAsync(new LocalCounters(new ShardOptions { Shards = 3, Workers = 1 }), clicks, 700);
        var counters = CountersOf(cluster);
        var actual = new List<object>();

        actual.AddRange(await CountAsync(counters, clicks[..2000], 250));
        await counters.SaveAsync(0, counters.Given(), TestContext.Current.CancellationToken);
        actual.AddRange(await CountAsync(counters, clicks[2000..4000], 250));
        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos[1]);
        actual.AddRange(await CountAsync(counters, clicks[4000..], 250));

        AssertSame(expected, actual);
        Assert.True(counters.CaughtUp > 0, "no shard was lost with the silo, so that the test shows nothing");
        Assert.Equal(0, counters.Lost);
    }

    [Fact]
    public async Task A_partition_that_starts_again_reads_what_it_read_before()
    {
        await using var cluster = await GuardCluster.StartAsync(1, shards: Shards);
        var clicks = RandomTraffic.Clicks(3, 2000);

        var first = await CountAsync(CountersOf(cluster), clicks, 400);
        var again = await CountAsync(CountersOf(cluster), clicks, 333);

        AssertSame(first, again);
    }

    [Fact]
    public async Task A_partition_that_starts_again_reads_what_it_read_before_although_the_shards_were_saved_and_moved_meanwhile()
    {
        await using var cluster = await GuardCluster.StartAsync(1, shards: Shards);
        var clicks = RandomTraffic.Clicks(3, 2000);
        var first = await CountAsync(CountersOf(cluster), clicks, 400);

        for (var shard = 0; shard < Shards; shard++)
        {
            var key = ShardKey.Of(shard, Shards);
            await cluster.Silos.DeactivateAsync(cluster.Grains.GetGrain<IUserShardGrain>(key));
            await cluster.Silos.DeactivateAsync(cluster.Grains.GetGrain<IEntityShardGrain>(key));
            await cluster.Silos.DeactivateAsync(cluster.Grains.GetGrain<IUserAgentShardGrain>(key));
        }

        AssertSame(first, await CountAsync(CountersOf(cluster), clicks, 333));
    }

    [Fact]
    public async Task What_is_saved_is_there_after_a_deactivation_with_positions_and_counters()
    {
        await using var cluster = await GuardCluster.StartAsync(1, shards: 1);
        var counters = new GrainCounters(cluster.Grains, GuardCluster.Options(1), TimeProvider.System);
        var clicks = RandomTraffic.Clicks(4, 1000);
        await CountAsync(counters, clicks, 500);
        await counters.SaveAsync(0, counters.Given(), TestContext.Current.CancellationToken);
        var shard = cluster.Grains.GetGrain<IUserShardGrain>(ShardKey.Of(0, 1));
        var user = clicks[17].Click.User;
        var before = await shard.ReadAsync(user);

        await cluster.Silos.DeactivateAsync(shard);

        var reply = await shard.SaveAsync(0, 0);
        Assert.NotNull(before);
        Assert.Equal(before, await shard.ReadAsync(user));
        Assert.Equal((1000, 1000), (reply.Last, reply.Durable));
    }

    [Fact]
    public async Task Events_cost_no_writes_and_a_save_without_news_costs_none()
    {
        await using var cluster = await GuardCluster.StartAsync(1, shards: 1);
        var counters = new GrainCounters(cluster.Grains, GuardCluster.Options(1), TimeProvider.System);
        var shard = cluster.Grains.GetGrain<IEntityShardGrain>(ShardKey.Of(0, 1));

        await CountAsync(counters, RandomTraffic.Clicks(5, 1000), 50);
        Assert.Equal(0, (await shard.StatusAsync()).Writes);

        await counters.SaveAsync(0, counters.Given(), TestContext.Current.CancellationToken);
        await counters.SaveAsync(0, counters.Given(), TestContext.Current.CancellationToken);
        Assert.Equal(1, (await shard.StatusAsync()).Writes);
    }

    // Names the first click that differs, which a comparison of whole lists buries.
    private static void AssertSame(List<object> expected, List<object> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var row = 0; row < expected.Count; row++)
        {
            Assert.True(expected[row].Equals(actual[row]), $"click {row}: {expected[row]} against {actual[row]}");
        }
    }

    private static GrainCounters CountersOf(GuardCluster cluster) => new(cluster.Grains, GuardCluster.Options(Shards), TimeProvider.System);

    // Users, entities and user agents of each click, in click order.
    private static async Task<List<object>> CountAsync(ICounters counters, (Click Click, string Id)[] clicks, int batchSize)
    {
        var (batch, readings, all) = (new EventBatch(), new CounterReadings(), new List<object>());
        foreach (var part in clicks.Chunk(batchSize))
        {
            RandomTraffic.Fill(batch, part);
            readings.Resize(part.Length);
            await counters.CountAsync(batch, readings, TestContext.Current.CancellationToken);
            for (var row = 0; row < part.Length; row++)
            {
                all.Add((readings.UserOf(row), readings.EntityOf(row), readings.UserAgentOf(row)));
            }
        }

        return all;
    }
}
