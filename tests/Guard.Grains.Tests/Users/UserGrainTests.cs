using Guard.Core.Clicks;
using Guard.Grains.Scoring;
using Guard.Grains.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Guard.Grains.Tests.Users;

public sealed class UserGrainTests
{
    private static readonly ulong s_user = HubTraffic.Hash.Of(HashKind.User, "u17"u8);

    [Fact]
    public async Task An_override_decides_the_users_clicks_from_the_next_policy_on_and_is_quoted()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(41, 2000);
        await cluster.Partition.DeliverAsync(messages[..1000]);
        Assert.DoesNotContain("bought by hand", await cluster.DecisionsAsync());

        await Grain(cluster).OverrideAsync(new UserOverride(Allow: true, "anna", "bought by hand", TimeProvider.System.GetUtcNow().AddDays(1)));
        await cluster.Silos.GetSiloServiceProvider().GetRequiredService<PolicyCache>().PollAsync(TestContext.Current.CancellationToken);
        await cluster.Partition.DeliverAsync(messages[1000..]);

        Assert.Contains("bought by hand", await cluster.DecisionsAsync());
    }

    [Fact]
    public async Task A_user_shows_counters_override_and_appeals_also_after_a_deactivation()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        await TestPolicy.PublishAsync(cluster.Artifacts);
        await cluster.Partition.DeliverAsync(HubTraffic.Messages(42, 1000));
        var decision = new UserOverride(Allow: false, "anna", "a farm", TimeProvider.System.GetUtcNow().AddDays(1));
        await Grain(cluster).OverrideAsync(decision);
        await Grain(cluster).AppealAsync("c-1", "It was me.");

        await cluster.Silos.DeactivateAsync(Grain(cluster));
        var face = await Grain(cluster).GetAsync();

        Assert.True(face.Counters!.Value.Clicks.Day > 0);
        Assert.Equal(decision, face.Override);
        Assert.Equal(("c-1", "It was me."), (Assert.Single(face.Appeals).ClickId, face.Appeals[0].Text));
    }

    [Fact]
    public async Task An_override_that_is_over_or_has_no_author_is_refused()
    {
        await using var cluster = await GuardCluster.StartAsync(1);

        await Assert.ThrowsAsync<ArgumentException>(() => Grain(cluster).OverrideAsync(new UserOverride(Allow: true, "anna", "late", DateTimeOffset.UnixEpoch)));
        await Assert.ThrowsAsync<ArgumentException>(() => Grain(cluster).OverrideAsync(new UserOverride(Allow: true, " ", "why", DateTimeOffset.MaxValue)));
    }

    private static IUserGrain Grain(GuardCluster cluster) => cluster.Grains.GetGrain<IUserGrain>(unchecked((long)s_user));
}
