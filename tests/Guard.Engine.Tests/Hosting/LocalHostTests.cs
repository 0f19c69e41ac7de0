using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Core.Scoring;
using Guard.Engine.Decisions;
using Guard.Engine.Hosting;
using Guard.Engine.Intake;
using Guard.Engine.Log;

namespace Guard.Engine.Tests.Hosting;

public sealed class LocalHostTests
{
    [Fact]
    public async Task What_is_sent_is_decided_kept_and_found()
    {
        using var folder = await HostFolder.CreateAsync();
        await using var host = await folder.StartAsync();
        var events = TestBodies.Events(1, 500);

        var receipt = await host.Ingest.SendAsync(TestBodies.Lines([.. events, "rubbish", events[0]]));

        Assert.Equal((502, 1), (receipt.Accepted + receipt.Duplicates + receipt.Quarantined, receipt.Quarantined));
        Assert.True(receipt.Duplicates > 10);
        Assert.Equal((500, 501L, RejectReason.Malformed), (receipt.Rejections[0].Index, receipt.Rejections[0].Line, receipt.Rejections[0].Reason));
        var all = await HostFolder.AllAsync(host);
        Assert.Equal(Enumerable.Range(1, all.Count).Select(number => (long)number), all.Select(kept => kept.Number));
        Assert.Equal(host.Decisions.Last, all.Count);
        var found = await host.Decisions.FindAsync(all[17].ClickId);
        Assert.Equal(all[17].Number, found!.Number);
        Assert.All(all.Where(kept => kept.Decision.Stage == DecisionStage.Model), kept => Assert.True(kept.Reasons.Count > 0));
        Assert.All(all.Where(kept => kept.Decision.Stage == DecisionStage.CrawlerList), kept => Assert.NotNull(kept.ListReason));
        var now = await host.Traffic.NowAsync();
        Assert.Equal(all.Count, now.Clicks);
        Assert.Equal(1, now.Quarantined);
        Assert.Equal(all.Count, now.Latency.Count);
        Assert.Equal(all.Count(kept => kept.Decision.Verdict == Verdict.GeneralInvalid), now.GeneralInvalid);
        Assert.Equal(all.Count, (await host.Traffic.SlicesAsync())[0].LastDay.Clicks);
        Assert.Null(host.Health.NotReady);
    }

    [Fact]
    public async Task A_decision_asked_for_alone_is_explained_by_every_feature()
    {
        using var folder = await HostFolder.CreateAsync();
        await using var host = await folder.StartAsync();
        await host.Ingest.SendAsync(TestBodies.Lines(TestBodies.Events(1, 100)));
        foreach (var kept in await HostFolder.AllAsync(host))
        {
            var alone = Assert.Single((await host.Decisions.ReadAsync(new DecisionQuery { After = kept.Number - 1, Maximum = 1 })).Decisions);

            Assert.True(kept.Contributions.IsEmpty);
            Assert.Equal(alone.Features.Length, alone.Contributions.Length);
            Assert.All(Enumerable.Range(0, alone.Reasons.Count), index => Assert.Equal(alone.Reasons[index].Contribution, alone.Contributions.Span[alone.Reasons[index].Feature], 1e-5f));
            Assert.Equal(alone.Contributions.ToArray(), (await host.Decisions.FindAsync(kept.ClickId))!.Contributions.ToArray());
        }
    }

    [Fact]
    public async Task A_click_is_scored_at_once_and_its_duplicate_gets_the_same_decision()
    {
        using var folder = await HostFolder.CreateAsync();
        await using var host = await folder.StartAsync();
        var click = TestBodies.Utf8(TestBodies.Click("c-1", TestBodies.Start, new Random(5)));

        var first = await host.Ingest.ScoreAsync(click);
        var second = await host.Ingest.ScoreAsync(click);

        Assert.False(first.Duplicate);
        Assert.True(second.Duplicate);
        Assert.Equal("c-1", first.Decision!.ClickId);
        Assert.Equal((first.Decision.Number, first.Decision.Decision, first.Decision.Reasons, first.Decision.CampaignId), (second.Decision!.Number, second.Decision.Decision, second.Decision.Reasons, second.Decision.CampaignId));
        Assert.Equal(first.Decision.Features.ToArray(), second.Decision.Features.ToArray());
        Assert.Equal(first.Decision.Number, (await host.Decisions.FindAsync("c-1"))!.Number);
    }

    [Theory]
    [InlineData("""{"specversion":"1.0"}""", RejectReason.MissingField)]
    [InlineData("""[]""", RejectReason.Malformed)]
    [InlineData("""{"specversion":"1.0","id":"t","source":"/m","type":"guard.telemetry.v1","time":"2026-01-01T00:00:00Z","data":{"stream":"s","values":[1]}}""", RejectReason.UnknownType)]
    public async Task What_is_no_click_is_not_scored(string body, RejectReason reason)
    {
        using var folder = await HostFolder.CreateAsync();
        await using var host = await folder.StartAsync();

        var scored = await host.Ingest.ScoreAsync(TestBodies.Utf8(body));

        Assert.Null(scored.Decision);
        Assert.Equal(reason, scored.Rejection!.Reason);
        Assert.Equal(1, (await host.Traffic.NowAsync()).Quarantined);
    }

    [Fact]
    public async Task A_second_process_is_refused_the_folder()
    {
        using var folder = await HostFolder.CreateAsync();
        await using var host = await folder.StartAsync();

        var error = await Assert.ThrowsAsync<FolderInUseException>(() => folder.StartAsync());

        Assert.Contains(folder.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_host_goes_on_where_it_stood()
    {
        using var folder = await HostFolder.CreateAsync();
        var events = TestBodies.Events(2, 1500);
        using var other = await HostFolder.CreateAsync();
        await using var whole = await other.StartAsync();
        await whole.Ingest.SendAsync(TestBodies.Lines(events));
        foreach (var part in events.Chunk(400))
        {
            await using var host = await folder.StartAsync();
            await host.Ingest.SendAsync(TestBodies.Lines(part));
        }

        await using var last = await folder.StartAsync();

        Assert.Equal(await HostFolder.DescribeAsync(whole), await HostFolder.DescribeAsync(last));
        Assert.Equal(400, (await last.Ingest.SendAsync(TestBodies.Lines(events[..400]))).Duplicates);
        Assert.Empty(last.Findings);
    }

    [Fact]
    public async Task Decisions_are_read_both_ways_with_filters()
    {
        using var folder = await HostFolder.CreateAsync();
        await using var host = await folder.StartAsync(folder.Options with { BatchEvents = 7 });
        await host.Ingest.SendAsync(TestBodies.Lines(TestBodies.Events(3, 900)));
        var all = await HostFolder.AllAsync(host);

        foreach (var filter in new DecisionQuery[] { new(), new() { Verdict = Verdict.GeneralInvalid }, new() { Slice = Slice.Parse("mobile") }, new() { Slice = Slice.Parse("mobile/in/DE"), Verdict = Verdict.Valid } })
        {
            var expected = all.Where(kept => (filter.Verdict is not { } verdict || kept.Decision.Verdict == verdict) && (filter.Slice is not { } slice || Within(kept.Decision.Slice, slice))).Select(kept => kept.Number).ToList();
            Assert.Equal(expected, await ReadAsync(host, filter with { Maximum = 13 }));
            Assert.Equal(Enumerable.Reverse(expected), await ReadAsync(host, filter with { Maximum = 13, NewestFirst = true }));
        }
    }

    [Fact]
    public async Task A_users_newest_decisions_do_not_depend_on_how_large_the_batches_were()
    {
        const int Among = 300;
        var events = TestBodies.Events(3, 900);
        var found = new List<string>();
        foreach (var batch in new[] { 1, 7, 64, 4_096 })
        {
            using var folder = await HostFolder.CreateAsync();
            await using var host = await folder.StartAsync(folder.Options with { BatchEvents = batch });
            await host.Ingest.SendAsync(TestBodies.Lines(events));
            var hash = new KeyedHash(HashingKeyFile.LoadOrCreate(Path.Combine(folder.Path, "hashing.key")));
            var numbers = new List<long>();
            for (var user = 0; user < 20; user++)
            {
                var decisions = await ((DecisionLog)host.Decisions).OfUserAsync(hash.Of(HashKind.User, TestBodies.Utf8($"u-{user}")), Among, int.MaxValue, TestContext.Current.CancellationToken);
                numbers.AddRange(decisions.Select(kept => kept.Number));
            }

            Assert.All(numbers, number => Assert.InRange(number, host.Decisions.Last - Among + 1, host.Decisions.Last));
            found.Add(string.Join(' ', numbers));
        }

        Assert.NotEmpty(found[0]);
        Assert.Single(found.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Waiting_for_a_decision_ends_when_there_is_one()
    {
        using var folder = await HostFolder.CreateAsync();
        await using var host = await folder.StartAsync();
        var waiting = host.Decisions.WaitAsync(0).AsTask();
        Assert.False(waiting.IsCompleted);

        await host.Ingest.SendAsync(TestBodies.Utf8(TestBodies.Click("c", TestBodies.Start, new Random(1))));

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, host.Decisions.Last);
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        var good = new LocalHostOptions { Folder = "x" };
        (LocalHostOptions, string)[] wrong =
        [
            (good with { BatchEvents = 0 }, "BatchEvents"), (good with { QueueBytes = 1 }, "QueueBytes"), (good with { SnapshotInterval = TimeSpan.Zero }, "SnapshotInterval"),
            (good with { SnapshotLogBytes = 1 }, "SnapshotLogBytes"), (good with { PolicyInterval = TimeSpan.Zero }, "PolicyInterval"), (good with { QuarantineBytes = 1 }, "QuarantineBytes"),
            (good with { ScorePatience = TimeSpan.FromMilliseconds(-2) }, "ScorePatience"), (good with { ScorePatience = TimeSpan.FromHours(1) }, "ScorePatience"),
            (good with { Folder = " " }, "Folder"), (good with { Intake = new() { DuplicateCapacity = 0 } }, "DuplicateCapacity"),
        ];
        Assert.All(wrong, item => Assert.Contains(item.Item2, Assert.ThrowsAny<ArgumentException>(item.Item1.Validate).Message, StringComparison.Ordinal));
    }

    private static bool Within(Slice leaf, Slice slice)
    {
        while (leaf.Depth > slice.Depth)
        {
            leaf = leaf.Parent;
        }

        return leaf == slice;
    }

    private static async Task<List<long>> ReadAsync(LocalHost host, DecisionQuery query)
    {
        var numbers = new List<long>();
        while (true)
        {
            var page = await host.Decisions.ReadAsync(query);
            numbers.AddRange(page.Decisions.Select(kept => kept.Number));
            if (page.Next == query.After || page.Next <= 1 && query.NewestFirst)
            {
                return numbers;
            }

            query = query with { After = page.Next };
        }
    }
}
