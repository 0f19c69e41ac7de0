using Guard.Core.Lifecycle;
using Guard.Grains.Counting;
using Guard.Grains.Deciding;
using Guard.Grains.Estimating;
using Guard.Grains.Ingest;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Guard.Grains.Tests.Ingest;

public sealed class IngestGrainTests
{
    private static readonly Serializer s_serializer = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    [Fact]
    public async Task A_cluster_with_one_partition_decides_as_the_local_engine_does_byte_for_byte()
    {
        await using var cluster = await GuardCluster.StartAsync();
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(1, 4000);

        await cluster.DeliverAsync(messages, 300);

        Assert.Equal(await HubTraffic.DecideLocallyAsync(messages, policy, 777), await cluster.DecisionsAsync());
    }

    [Theory]
    [InlineData("ingest")]
    [InlineData("shard")]
    [InlineData("estimator")]
    public async Task A_silo_killed_under_load_loses_and_contradicts_no_decision(string victim)
    {
        await using var cluster = await GuardCluster.StartAsync(3);
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(2, 6000);
        cluster.Hub.Append(messages);
        IAddressable grain = victim switch
        {
            "ingest" => cluster.Partition,
            "shard" => cluster.Grains.GetGrain<IUserShardGrain>(ShardKey.Of(1, 4)),
            _ => cluster.Grains.GetGrain<IStreamEstimatorGrain>(HubTraffic.Stream),
        };

        await cluster.DeliverAsync(messages[..2000], 250);
        await cluster.Partition.CommitAsync();
        await cluster.DeliverAsync(messages[2000..4000], 250);
        var load = cluster.DeliverAsync(messages[4000..], 100);
        await cluster.KillHostOfAsync(grain);
        await load;

        Assert.Equal(await HubTraffic.DecideLocallyAsync(messages, policy, 1000), await cluster.DecisionsAsync());
        var status = await cluster.Partition.CommitAsync();
        Assert.Equal((5999, 5999, 0, 0), (status.Last, status.Committed, status.Expired, status.Lost));
        await AssertCountersAsync(cluster, messages);
    }

    [Fact]
    public async Task A_partition_that_starts_again_goes_on_at_its_committed_position()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(3, 2000);
        cluster.Hub.Append(messages);
        await cluster.DeliverAsync(messages[..1000], 100);

        // Deactivating commits, so that nothing has to be replayed.
        await cluster.Silos.DeactivateAsync(cluster.Partition);
        await cluster.DeliverAsync(messages[1000..], 100);

        Assert.Equal(0, cluster.Hub.Reads);
        Assert.Equal(await HubTraffic.DecideLocallyAsync(messages, policy, 1000), await cluster.DecisionsAsync());
        Assert.Equal(1999, (await cluster.Partition.StatusAsync()).Last);
    }

    [Fact]
    public async Task A_silo_that_stops_leaves_nothing_to_replay()
    {
        await using var cluster = await GuardCluster.StartAsync();
        await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(9, 500);
        cluster.Hub.Append(messages);
        await cluster.DeliverAsync(messages, 100);

        var host = await cluster.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(cluster.Partition);
        await cluster.Silos.StopSiloAsync(cluster.Silos.GetSiloForAddress(host!)!);

        Assert.Equal(499, (await cluster.Partition.StatusAsync()).Committed);
    }

    [Fact]
    public async Task Messages_that_come_again_are_skipped()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(4, 900);

        await cluster.DeliverAsync(messages[..600], 200);
        await cluster.DeliverAsync(messages[300..], 150);

        Assert.Equal(300, (await cluster.Partition.StatusAsync()).Repeated);
        Assert.Equal(await HubTraffic.DecideLocallyAsync(messages, policy, 100), await cluster.DecisionsAsync());
    }

    [Fact]
    public async Task Two_readers_of_one_partition_at_once_decide_each_message_once()
    {
        await using var cluster = await GuardCluster.StartAsync();
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(10, 1500);
        cluster.Hub.Append(messages);

        await Task.WhenAll(cluster.DeliverAsync(messages, 200), cluster.DeliverAsync(messages, 130));

        Assert.Equal(1500, (await cluster.Partition.StatusAsync()).Repeated);
        Assert.Equal(await HubTraffic.DecideLocallyAsync(messages, policy, 100), await cluster.DecisionsAsync());
    }

    [Fact]
    public async Task An_owner_that_finds_messages_decided_by_another_gives_way_and_contradicts_nothing()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(11, 600);
        cluster.Hub.Append(messages);
        await cluster.DeliverAsync(messages[..200], 200);
        var other = new DecisionSegment { FirstMessage = 200, LastMessage = 349, Rows = RowBytes.Of<DecidedRow>([]), Model = "that of another owner" };
        await cluster.Segments.CreateAsync(other, TestContext.Current.CancellationToken);

        await Assert.ThrowsAnyAsync<Exception>(() => cluster.Partition.DeliverAsync(messages[200..400]));
        await cluster.DeliverAsync(messages[200..], 200);

        var text = await cluster.DecisionsAsync();
        Assert.Equal("that of another owner", (await cluster.Segments.FindAsync(0, 200, TestContext.Current.CancellationToken))!.Model);
        Assert.DoesNotContain("\"clickId\":\"c-300\"", text);
        Assert.Equal(599, (await cluster.Partition.StatusAsync()).Last);
    }

    [Fact]
    public async Task An_owner_whose_state_another_saved_gives_way()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(12, 600);
        cluster.Hub.Append(messages);
        await cluster.DeliverAsync(messages[..200], 200);
        await cluster.Partition.CommitAsync();
        await cluster.DeliverAsync(messages[200..400], 200);
        const string path = "state/guard.ingest/0/ingest";
        var state = await cluster.Artifacts.ReadAsync(path, TestContext.Current.CancellationToken);

        // As another activation would: the same state under another entity tag.
        await cluster.Artifacts.ReplaceAsync(path, new byte[] { 0 }, state!.ETag, TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<Exception>(() => cluster.Partition.CommitAsync());
        var torn = await cluster.Artifacts.ReadAsync(path, TestContext.Current.CancellationToken);
        await cluster.Artifacts.ReplaceAsync(path, state.Content, torn!.ETag, TestContext.Current.CancellationToken);
        await cluster.DeliverAsync(messages[400..], 200);

        Assert.Equal(200, (await cluster.Partition.StatusAsync()).Refetched);
        Assert.Equal(await HubTraffic.DecideLocallyAsync(messages, policy, 100), await cluster.DecisionsAsync());
    }

    [Fact]
    public async Task Messages_that_the_stream_leaves_out_are_read_from_the_hub()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(5, 900);
        cluster.Hub.Append(messages);

        await cluster.DeliverAsync(messages[..200], 200);
        await cluster.DeliverAsync(messages[500..], 150);

        var status = await cluster.Partition.StatusAsync();
        Assert.Equal((300, 0), (status.Refetched, status.Expired));
        Assert.Equal(await HubTraffic.DecideLocallyAsync(messages, policy, 100), await cluster.DecisionsAsync());
    }

    [Fact]
    public async Task A_position_that_expired_is_counted_and_reading_goes_on_with_the_earliest()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(6, 900);
        cluster.Hub.Append(messages);
        await cluster.DeliverAsync(messages[..200], 200);
        cluster.Hub.Expire(before: 350);

        await cluster.DeliverAsync(messages[600..], 150);

        var status = await cluster.Partition.StatusAsync();
        Assert.Equal((250, 150), (status.Refetched, status.Expired));
        Assert.Equal(await HubTraffic.DecideLocallyAsync([.. messages[..200], .. messages[350..]], policy, 100), await cluster.DecisionsAsync());
    }

    [Fact]
    public async Task What_came_while_nobody_read_is_taken_in_without_a_new_message()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(7, 500);
        cluster.Hub.Append(messages);

        Assert.Equal(500, await cluster.Partition.CatchUpAsync());

        Assert.Equal(await HubTraffic.DecideLocallyAsync(messages, policy, 100), await cluster.DecisionsAsync());
    }

    [Fact]
    public async Task Events_that_do_not_decode_are_in_quarantine_before_their_message_is_done()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(8, 1000);
        var broken = messages.Count(message => message.Body.AsSpan().EndsWith("broken"u8));

        await cluster.DeliverAsync(messages, 100);

        var rows = 0;
        await foreach (var path in cluster.Artifacts.ListAsync("quarantine", TestContext.Current.CancellationToken))
        {
            rows += (await cluster.Artifacts.ReadAsync(path, TestContext.Current.CancellationToken))!.Content.Span.Count((byte)'\n');
        }

        Assert.True(broken > 0);
        Assert.Equal(broken, rows);
        Assert.Equal(broken, (await cluster.Partition.StatusAsync()).Quarantined);
    }

    // A second cluster that never lost a silo holds the same counters and the same detector.
    private static async Task AssertCountersAsync(GuardCluster cluster, HubMessage[] messages)
    {
        await using var calm = await GuardCluster.StartAsync(1);
        await TestPolicy.PublishAsync(calm.Artifacts);
        await calm.DeliverAsync(messages, 500);
        await calm.Partition.CommitAsync();
        foreach (var type in (string[])["users", "entities", "user-agents"])
        {
            for (var shard = 0; shard < 4; shard++)
            {
                var path = $"state/guard.{type}/{ShardKey.Of(shard, 4)}/shard";
                var expected = await calm.Artifacts.ReadAsync(path, TestContext.Current.CancellationToken);
                var actual = await cluster.Artifacts.ReadAsync(path, TestContext.Current.CancellationToken);
                Assert.True(CountersOf(expected!).AsSpan().SequenceEqual(CountersOf(actual!)), $"{path} differs from that of a cluster that lost no silo");
            }
        }

        var stream = await cluster.Grains.GetGrain<IStreamEstimatorGrain>(HubTraffic.Stream).ViewAsync();
        Assert.Equal((await calm.Grains.GetGrain<IStreamEstimatorGrain>(HubTraffic.Stream).ViewAsync()).State, stream.State);
    }

    // The counters alone: what is kept beside them for a replay depends on how calls were cut.
    private static byte[] CountersOf(Artifact shard) => s_serializer.Deserialize<ShardState>(shard.Content.Span)!.Block;
}
