using System.Diagnostics.Metrics;
using Guard.Core.Clicks;
using Guard.Core.Scoring;
using Guard.Grains.Counting;
using Guard.Grains.Ingest;
using Microsoft.Extensions.DependencyInjection;

namespace Guard.Grains.Tests.Ingest;

public sealed class IngestInstrumentsTests
{
    private static readonly DateTimeOffset s_start = DateTimeOffset.FromUnixTimeMilliseconds(1_767_225_600_000);

    [Fact]
    public void A_position_ages_from_the_first_message_that_is_not_committed()
    {
        var time = new Stopped(s_start);
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var measured = new Measured(meters);
        var instruments = new IngestInstruments(meters, time);

        Pass(TimeSpan.FromSeconds(2), fresh: false);
        time.Now += TimeSpan.FromSeconds(30);
        Pass(TimeSpan.FromSeconds(3), fresh: true);

        Assert.Equal([3], measured.Of("guard.decision.duration"));
        Assert.Equal([30], measured.Now("guard.position.age guard.partition=7"));
        Assert.Equal([3], measured.Now("guard.ingest.lag guard.partition=7"));
        instruments.Committed(7, instruments.Now - TimeSpan.FromSeconds(1).Ticks);
        Assert.Equal([1], measured.Now("guard.position.age guard.partition=7"));
        instruments.Committed(7, instruments.Now);
        Assert.Equal([0], measured.Now("guard.position.age guard.partition=7"));
        time.Now += TimeSpan.FromMinutes(2);
        Assert.Equal([0], measured.Now("guard.ingest.lag guard.partition=7"));
        instruments.Left(7, new WaitingMessages());
        Assert.Empty(measured.Now("guard.position.age"));

        void Pass(TimeSpan age, bool fresh) => instruments.Passed(
            7, [new HubMessage { SequenceNumber = 1, Offset = "8", EnqueuedTime = (time.Now - age).ToUnixTimeMilliseconds(), Body = [] }], fresh, new DecisionCounts());
    }

    [Fact]
    public async Task A_silo_measures_decisions_quarantine_and_shards()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        await TestPolicy.PublishAsync(cluster.Artifacts);
        using var measured = new Measured(cluster.Silos.GetSiloServiceProvider().GetRequiredService<IMeterFactory>());
        var messages = HubTraffic.Messages(11, 1000);
        cluster.Hub.Append(messages);

        await cluster.Partition.DeliverAsync(messages);
        var status = await cluster.Partition.CommitAsync();

        Assert.Equal(1000, measured.Of("guard.decision.duration").Length);
        Assert.Equal(status.Clicks, measured.Of("guard.decisions").Sum());
        Assert.InRange(status.Clicks, 700, 999);
        Assert.NotEmpty(measured.Of("guard.decisions guard.verdict=valid guard.slice="));
        Assert.True(status.Quarantined > 0);
        Assert.Equal(4, measured.Of("guard.shards guard.kind=address").Where(value => value > 0).Sum());
        var shards = await Task.WhenAll(Enumerable.Range(0, 4).Select(shard => cluster.Grains.GetGrain<IEntityShardGrain>(ShardKey.Of(shard, 4)).StatusAsync()));
        Assert.Equal(shards.Sum(shard => shard.Keys), measured.Of("guard.shards.entries guard.kind=address").Sum());

        // What a save lets go afterwards is told with the next one.
        Assert.InRange(measured.Of("guard.shards.size guard.kind=address").Sum(), shards.Sum(shard => shard.MemoryBytes), 2 * shards.Sum(shard => shard.MemoryBytes));
        Assert.NotEmpty(measured.Of("guard.shards.save.duration guard.kind=address"));
        Assert.Equal(status.Quarantined, measured.Now("guard.quarantined guard.reason=").Sum());
    }

    [Fact]
    public async Task Counters_of_loss_stand_at_nought_before_the_first_message()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        using var measured = new Measured(cluster.Silos.GetSiloServiceProvider().GetRequiredService<IMeterFactory>());

        foreach (var name in (string[])["guard.messages.expired", "guard.messages.refetched", "guard.messages.repeated", "guard.shards.lost", "guard.segments.lost"])
        {
            Assert.Equal([0], measured.Now(name));
        }

        var reasons = Enum.GetNames<RejectReason>().Except([nameof(RejectReason.None)]).ToArray();
        Assert.All(reasons, reason => Assert.Equal([0], measured.Now($"guard.quarantined guard.reason={reason}")));
        Assert.Equal(reasons.Length, measured.Now("guard.quarantined").Length);
    }

    [Fact]
    public async Task A_partition_that_gives_up_is_counted()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        await TestPolicy.PublishAsync(cluster.Artifacts);
        using var measured = new Measured(cluster.Silos.GetSiloServiceProvider().GetRequiredService<IMeterFactory>());
        await cluster.Partition.StatusAsync();
        Assert.Equal([0], measured.Now("guard.partition.failures guard.partition=0"));

        // The hub delivers a message whose forerunners it does not have.
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => cluster.Partition.DeliverAsync(HubTraffic.Messages(12, 50)[40..]));

        Assert.Equal([1], measured.Now("guard.partition.failures guard.partition=0"));
    }

    /// <summary>A clock whose hands a test moves, and whose stamps follow them.</summary>
    private sealed class Stopped(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Now.Ticks;
    }
}
