using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Pipeline;
using Guard.Engine.Shards;

namespace Guard.Engine.Tests.Shards;

public sealed class LocalCountersTests
{
    [Theory]
    [InlineData(1, 1, 5000)]
    [InlineData(1, 1, 7)]
    [InlineData(16, 1, 512)]
    [InlineData(16, 4, 512)]
    [InlineData(5, 3, 1000)]
    public async Task Readings_depend_on_neither_shards_nor_threads_nor_batches(int shards, int workers, int batchSize)
    {
        var expected = await CountAsync(new ShardOptions { Shards = 3, Workers = 2 }, 333);

        var actual = await CountAsync(new ShardOptions { Shards = shards, Workers = workers }, batchSize);

        Assert.Equal(expected.Users, actual.Users);
        Assert.Equal(expected.Entities, actual.Entities);
        Assert.Equal(expected.UserAgents, actual.UserAgents);
    }

    [Fact]
    public async Task A_batch_that_comes_again_is_not_counted_again()
    {
        var once = await CountAsync(new ShardOptions { Shards = 4, Workers = 1 }, 1000);

        var twice = await CountAsync(new ShardOptions { Shards = 4, Workers = 1 }, 1000, times: 2);

        Assert.Equal(once.Users, twice.Users);
        Assert.Equal(once.Entities, twice.Entities);
        Assert.Equal(once.UserAgents, twice.UserAgents);
    }

    [Fact]
    public async Task Users_entities_and_user_agents_are_counted_once_each()
    {
        var clicks = RandomTraffic.Clicks(6, 3000);
        var counters = new LocalCounters(new ShardOptions { Shards = 8, Workers = 2 });
        var (batch, readings) = (new EventBatch(), new CounterReadings());
        RandomTraffic.Fill(batch, clicks);
        readings.Resize(clicks.Length);

        await counters.CountAsync(batch, readings, TestContext.Current.CancellationToken);

        Assert.Equal(clicks.Select(item => item.Click.User).Distinct().LongCount(), counters.Users);
        Assert.Equal(clicks.Select(item => item.Click.Entity).Where(entity => entity != 0).Distinct().LongCount(), counters.Entities);
        Assert.Equal(clicks.Select(item => item.Click.UserAgent).Distinct().LongCount(), counters.UserAgents);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(16, 0)]
    [InlineData(5000, 1)]
    public void Options_outside_their_range_are_refused_by_name(int shards, int workers)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new LocalCounters(new ShardOptions { Shards = shards, Workers = workers }));

        Assert.Contains(shards is 0 or 5000 ? "Shards" : "Workers", error.Message, StringComparison.Ordinal);
    }

    private static async Task<(List<UserCounters> Users, List<EntityCounters> Entities, List<UserAgentCounters> UserAgents)> CountAsync(ShardOptions options, int batchSize, int times = 1)
    {
        var clicks = RandomTraffic.Clicks(4, 5000);
        var counters = new LocalCounters(options);
        var (batch, readings) = (new EventBatch(), new CounterReadings());
        var (users, entities, userAgents) = (new List<UserCounters>(), new List<EntityCounters>(), new List<UserAgentCounters>());
        foreach (var part in clicks.Chunk(batchSize))
        {
            RandomTraffic.Fill(batch, part);
            readings.Resize(part.Length);
            await counters.CountAsync(batch, readings, TestContext.Current.CancellationToken);
            for (var row = 0; row < part.Length; row++)
            {
                users.Add(readings.UserOf(row));
                entities.Add(readings.EntityOf(row));
                userAgents.Add(readings.UserAgentOf(row));
            }

            for (var again = 1; again < times; again++)
            {
                await counters.CountAsync(batch, readings, TestContext.Current.CancellationToken);
            }
        }

        return (users, entities, userAgents);
    }
}
