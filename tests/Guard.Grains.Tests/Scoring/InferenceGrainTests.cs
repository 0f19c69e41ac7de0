using System.Text;
using Guard.Grains.Scoring;
using Microsoft.Extensions.DependencyInjection;

namespace Guard.Grains.Tests.Scoring;

public sealed class InferenceGrainTests
{
    [Fact]
    public async Task A_score_is_that_of_the_counters_as_they_stand_and_counts_nothing()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(31, 400);
        await cluster.Partition.DeliverAsync(messages[..300]);
        var click = messages[300..].First(message => Encoding.UTF8.GetString(message.Body).Contains("guard.ad.click.v1")).Body;

        var first = await Grain(cluster).ScoreAsync(click, TestContext.Current.CancellationToken);
        var second = await Grain(cluster).ScoreAsync(click, TestContext.Current.CancellationToken);
        await cluster.Partition.DeliverAsync(messages[300..]);

        Assert.Equal(first.Value, second.Value);
        Assert.Equal((policy.Scorer.Version, policy.Thresholds.Version), (first.Model, first.Thresholds));
        Assert.InRange(first.Value, 0, 1);

        // Nothing was counted: the decisions are those of a partition whose clicks nobody scored before.
        Assert.Equal(await HubTraffic.DecideLocallyAsync(messages, policy, 100), await cluster.DecisionsAsync());
    }

    [Theory]
    [InlineData("{", "Malformed")]
    [InlineData("""{"specversion":"1.0","id":"p","source":"/s","type":"guard.purchase.v1","time":"2026-01-01T00:00:00Z","data":{"clickId":"c","orderId":"o","valueMicros":1}}""", "no click")]
    public async Task What_is_no_click_is_refused_with_its_reason(string json, string reason)
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        await TestPolicy.PublishAsync(cluster.Artifacts);
        await cluster.Silos.GetSiloServiceProvider().GetRequiredService<PolicyCache>().GetAsync(TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => Grain(cluster).ScoreAsync(Encoding.UTF8.GetBytes(json), TestContext.Current.CancellationToken).AsTask());

        Assert.Contains(reason, exception.Message);
    }

    [Fact]
    public async Task A_pair_that_cannot_be_taken_up_leaves_the_last_good_one_deciding_and_says_so()
    {
        var time = new FixedTime(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var cluster = await GuardCluster.StartAsync(1);
        var good = await TestPolicy.PublishAsync(cluster.Artifacts);
        using var cache = new PolicyCache(
            cluster.Artifacts, Microsoft.Extensions.Options.Options.Create(new PolicyOptions()), time, Microsoft.Extensions.Logging.Abstractions.NullLogger<PolicyCache>.Instance);
        await cache.PollAsync(TestContext.Current.CancellationToken);

        // Thresholds that were calibrated for another model.
        await TestPolicy.PublishAsync(cluster.Artifacts, TestPolicy.Thresholds("another-model", 5));
        time.Now += TimeSpan.FromMinutes(7);
        await cache.PollAsync(TestContext.Current.CancellationToken);

        Assert.Equal(good.Thresholds.Version, cache.Version!.Policy.Thresholds.Version);
        Assert.Equal(TimeSpan.FromMinutes(7), cache.Age);
        Assert.Contains("another-model", cache.Fault);

        await TestPolicy.PublishAsync(cluster.Artifacts, good.Thresholds);
        await cache.PollAsync(TestContext.Current.CancellationToken);
        Assert.Equal((null, TimeSpan.Zero), (cache.Fault, cache.Age!.Value));
    }

    private static IInferenceGrain Grain(GuardCluster cluster) => cluster.Grains.GetGrain<IInferenceGrain>(0);
}
