using System.Diagnostics.Metrics;
using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Grains.Counting;
using Guard.Grains.Deciding;
using Guard.Grains.Reading.Index;
using Guard.Grains.Users;
using Microsoft.Extensions.DependencyInjection;

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
        await cluster.DeliverAsync(messages, 170);

        var expected = await HubTraffic.DecideLocallyAsync(messages, policy, 500);
        foreach (var silo in cluster.Silos.Silos)
        {
            var decisions = await DecisionReads.AllAsync(cluster.DecisionsOf(silo), Count(expected), page: 333);

            Assert.Equal(Enumerable.Range(1, Count(expected)).Select(number => (long)number), decisions.Select(decision => decision.Number));
            Assert.Equal(expected, DecisionReads.Text(decisions));
        }
    }

    [Fact]
    public async Task Readers_that_wait_on_any_silo_hear_of_what_one_decides()
    {
        await using var cluster = await GuardCluster.StartAsync();
        await TestPolicy.PublishAsync(cluster.Artifacts);
        var waits = cluster.Silos.Silos.Select(silo => cluster.DecisionsOf(silo).WaitAsync(0, Cancellation).AsTask()).ToArray();
        Assert.All(waits, wait => Assert.False(wait.IsCompleted));

        await cluster.DeliverAsync(HubTraffic.Messages(52, 200), 200);

        await Task.WhenAll(waits).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.All(cluster.Silos.Silos, silo => Assert.True(cluster.DecisionsOf(silo).Last > 0));
    }

    [Theory]
    [InlineData("index")]
    [InlineData("partition")]
    public async Task A_reader_that_goes_on_while_a_silo_is_killed_gets_every_decision_once(string victim)
    {
        await using var cluster = await GuardCluster.StartAsync(3, Compacting);
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(53, 4000);
        cluster.Hub.Append(messages);
        var expected = await HubTraffic.DecideLocallyAsync(messages, policy, 1000);
        await cluster.DeliverAsync(messages[..1000], 100);
        await cluster.Partition.CommitAsync();
        var index = cluster.Grains.GetGrain<IDecisionIndexGrain>(0);
        IAddressable grain = victim == "index" ? index : cluster.Partition;
        var host = await cluster.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain);
        var reader = cluster.DecisionsOf(cluster.Silos.Silos.First(silo => !silo.SiloAddress.Equals(host)));

        var reading = DecisionReads.AllAsync(reader, Count(expected), page: 70);
        var load = cluster.DeliverAsync(messages[1000..], 100);
        await cluster.KillHostOfAsync(grain);
        await load;
        await cluster.Partition.CommitAsync();
        await index.MaintainAsync();
        var decisions = await reading;

        Assert.Equal(expected, DecisionReads.Text(decisions));
        Assert.Equal(Enumerable.Range(1, Count(expected)).Select(number => (long)number), decisions.Select(decision => decision.Number));
    }

    [Fact]
    public async Task Compacted_decisions_are_read_found_and_calibrated_on_as_before()
    {
        await using var cluster = await GuardCluster.StartAsync(2, Compacting);
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(54, 3000);
        cluster.Hub.Append(messages);
        await cluster.DeliverAsync(messages[..2500], 60);
        await cluster.Partition.CommitAsync();
        await cluster.NumberedAsync();
        var before = await SampleAsync(cluster);
        await cluster.Grains.GetGrain<IDecisionIndexGrain>(0).MaintainAsync();

        var chunks = await cluster.Artifacts.ListAsync("decision-chunks", Cancellation).CountAsync(Cancellation);
        Assert.InRange(chunks, 3, 12);
        Assert.InRange(await cluster.Artifacts.ListAsync("decisions", Cancellation).CountAsync(Cancellation), 0, 10);

        // The partition begins anew where it was committed: nobody asks for the segments that are gone.
        await cluster.Silos.DeactivateAsync(cluster.Partition);
        await cluster.DeliverAsync(messages[2500..], 60);
        await cluster.NumberedAsync();
        var expected = await HubTraffic.DecideLocallyAsync(messages, policy, 500);
        var log = cluster.DecisionsOf(cluster.Silos.Silos[1]);
        var decisions = await DecisionReads.AllAsync(log, Count(expected));
        Assert.Equal(expected, DecisionReads.Text(decisions));
        foreach (var decision in decisions.Where((_, place) => place % 97 == 0))
        {
            Assert.Equal(decision.Number, (await log.FindAsync(decision.ClickId, Cancellation))!.Number);
        }

        Assert.Null(await log.FindAsync("never-sent", Cancellation));
        Assert.Equal(before, (await SampleAsync(cluster))[..before.Length]);
    }

    [Fact]
    public async Task A_query_takes_verdict_slice_and_the_newest_first_and_goes_on_with_its_cursor()
    {
        await using var cluster = await GuardCluster.StartAsync(1, Compacting);
        await TestPolicy.PublishAsync(cluster.Artifacts);
        await cluster.DeliverAsync(HubTraffic.Messages(55, 1500), 100);
        await cluster.NumberedAsync();
        var log = cluster.DecisionsOf(cluster.Silos.Silos[0]);
        var all = await DecisionReads.AllAsync(log, log.Last);
        var slice = Slice.Parse("mobile/in");
        var expected = all.Where(decision => decision.Decision.Verdict == Core.Scoring.Verdict.Valid && decision.Decision.Slice.Parent == slice).Select(decision => decision.Number).Reverse().ToArray();

        var numbers = new List<long>();
        for (var query = new DecisionQuery { NewestFirst = true, Maximum = 40, Verdict = Core.Scoring.Verdict.Valid, Slice = slice }; ;)
        {
            var page = await log.ReadAsync(query, Cancellation);
            numbers.AddRange(page.Decisions.Select(decision => decision.Number));
            if (page.Next <= 1 || page.Next == query.After)
            {
                break;
            }

            query = query with { After = page.Next };
        }

        Assert.NotEmpty(expected);
        Assert.Equal(expected, numbers);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await log.ReadAsync(new DecisionQuery { Maximum = 0 }, Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await log.ReadAsync(new DecisionQuery { After = -1 }, Cancellation));
    }

    [Fact]
    public async Task One_decision_is_explained_by_every_features_contribution()
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        await cluster.DeliverAsync(HubTraffic.Messages(56, 300), 100);
        await cluster.NumberedAsync();
        var log = cluster.DecisionsOf(cluster.Silos.Silos[0]);

        var page = await log.ReadAsync(new DecisionQuery { Maximum = 50 }, Cancellation);
        Assert.All(page.Decisions, decision => Assert.True(decision.Contributions.IsEmpty));
        var found = await log.FindAsync(page.Decisions[7].ClickId, Cancellation);

        var contributions = new float[found!.Features.Length];
        policy.Scorer.Explain(found.Features.Span, contributions);
        Assert.Equal(contributions, found.Contributions.ToArray());
        Assert.Equal((policy.Scorer.Version, policy.Thresholds.Version), (found.Model, found.Thresholds));
    }

    [Fact]
    public async Task A_user_is_found_with_counters_and_newest_decisions_and_a_stranger_is_not()
    {
        await using var cluster = await GuardCluster.StartAsync();
        await TestPolicy.PublishAsync(cluster.Artifacts);
        await cluster.DeliverAsync(HubTraffic.Messages(57, 2000), 100);
        await cluster.NumberedAsync();
        var user = HubTraffic.Hash.Of(HashKind.User, "u17"u8);
        var users = cluster.Silos.Silos[1].ServiceProvider.GetRequiredService<IUsers>();

        var view = await users.FindAsync("u17", Cancellation);

        var face = await cluster.Grains.GetGrain<IUserGrain>(unchecked((long)user)).GetAsync();
        Assert.Equal(face.Counters, view!.Counters);
        var rows = await RowsAsync(cluster);
        Assert.Equal(rows.Where(row => row.User == user).Select(row => row.Click).Reverse().Take(50), view.Recent.Select(decision => HubTraffic.Hash.Of(HashKind.Click, Encoding.UTF8.GetBytes(decision.ClickId))));
        Assert.True(view.Recent.Count > 1);
        Assert.Equal(rows.Max(row => row.Time), view.AsOf.ToUnixTimeMilliseconds());
        Assert.Null(await users.FindAsync("nobody", Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_segment_that_somebody_deleted_is_counted_once_and_passed_over(bool isSearched)
    {
        await using var cluster = await GuardCluster.StartAsync(1);
        await TestPolicy.PublishAsync(cluster.Artifacts);
        await cluster.DeliverAsync(HubTraffic.Messages(58, 400), 100);
        await cluster.NumberedAsync();
        using var measured = new Measured(cluster.Service<IMeterFactory>());
        Assert.Equal([0], measured.Now("guard.segments.lost"));
        var segments = await cluster.Artifacts.ListAsync("decisions", Cancellation).OrderBy(static path => path, StringComparer.Ordinal).ToListAsync(Cancellation);

        await cluster.Artifacts.DeleteAsync(segments[1], Cancellation);

        if (isSearched)
        {
            Assert.Null(await cluster.Service<IDecisionLog>().FindAsync("never-sent", Cancellation));
            Assert.Equal([1], measured.Now("guard.segments.lost"));
        }

        var kept = await SampleAsync(cluster);
        Assert.Equal([1], measured.Now("guard.segments.lost"));
        Assert.Equal(kept, await SampleAsync(cluster));
        Assert.Equal([1], measured.Now("guard.segments.lost"));
        Assert.Equal((await RowsAsync(cluster)).Select(row => (row.Score, row.Click)), kept);
    }

    private static int Count(string events) => events.Count(letter => letter == '\n');

    private static void Compacting(ISiloBuilder silo) => silo.Configure<ClusterOptions>(options =>
        options.Decisions = new KeptDecisionsOptions { ChunkDecisions = 512, CompactAfter = TimeSpan.Zero, LookEvery = TimeSpan.FromMilliseconds(200) });

    private static async Task<(float Score, ulong Click)[]> SampleAsync(GuardCluster cluster)
    {
        var scan = cluster.Service<Grains.Reading.DecisionScan>();
        var sample = new List<(float, ulong)>();
        await foreach (var (segment, from) in scan.AllAsync(Cancellation))
        {
            foreach (var row in segment.Rows[from..])
            {
                sample.Add((row.Score, row.Click));
            }
        }

        return [.. sample];
    }

    private static async Task<List<DecidedRow>> RowsAsync(GuardCluster cluster)
    {
        var rows = new List<DecidedRow>();
        await foreach (var segment in cluster.Segments.ReadAsync(Cancellation))
        {
            rows.AddRange(RowBytes.Read<DecidedRow>(segment.Rows));
        }

        return rows;
    }
}
