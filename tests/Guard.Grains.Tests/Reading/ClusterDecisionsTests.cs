namespace Guard.Grains.Tests.Reading;

public sealed class ClusterDecisionsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decisions_are_read_by_cursor_on_every_silo_as_the_local_engine_decides_them()
    {
        await using var cluster = await GuardCluster.StartAsync();
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(51, 3000);
        foreach (var part in messages.Chunk(170))
        {
            await cluster.Partition.DeliverAsync(part);
        }

        var expected = await HubTraffic.DecideLocallyAsync(messages, policy, 500);
        var count = expected.Count(letter => letter == '\n');
        foreach (var silo in cluster.Silos.Silos)
        {
            var decisions = await DecisionReads.AllAsync(cluster.DecisionsOf(silo), count, page: 333);

            Assert.Equal(Enumerable.Range(1, count).Select(number => (long)number), decisions.Select(decision => decision.Number));
            Assert.Equal(expected, DecisionReads.Text(decisions));
        }
    }

    [Fact]
    public async Task A_reader_that_waits_on_one_silo_hears_of_what_another_decides()
    {
        await using var cluster = await GuardCluster.StartAsync();
        await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(52, 200);
        var waits = cluster.Silos.Silos.Select(silo => cluster.DecisionsOf(silo).WaitAsync(0, Cancellation).AsTask()).ToArray();

        await cluster.Partition.DeliverAsync(messages);

        await Task.WhenAll(waits).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.All(cluster.Silos.Silos, silo => Assert.True(cluster.DecisionsOf(silo).Last > 0));
    }
}
