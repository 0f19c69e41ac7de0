using Guard.Core.Hosting;
using Guard.Engine.Hosting;
using Guard.Engine.Tests.Log;

namespace Guard.Engine.Tests.Hosting;

public sealed class PressureTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_full_queue_refuses_with_a_time_to_come_again_and_loses_nothing_that_it_took()
    {
        using var folder = await HostFolder.CreateAsync();
        await using var host = await folder.StartAsync(folder.Options with { QueueBytes = 1 << 20 });
        using var hold = Hold(host);
        var (events, sent) = (TestBodies.Events(1, 6_000), new List<Task<Receipt>>());
        BusyException? busy = null;
        foreach (var body in events.Chunk(100).Select(TestBodies.Lines))
        {
            try
            {
                sent.Add(host.Ingest.SendAsync(body).AsTask());
                if (sent[^1].IsFaulted)
                {
                    await sent[^1];
                }
            }
            catch (BusyException exception)
            {
                busy = exception;
                sent.RemoveAt(sent.Count - 1);
                break;
            }
        }

        Assert.NotNull(busy);
        Assert.False(busy.Unfit);
        Assert.True(busy.RetryAfter > TimeSpan.Zero);
        Assert.InRange(sent.Count, 5, 30);
        Assert.All(sent, task => Assert.False(task.IsCompleted));
        Assert.True((host.Traffic as LocalTraffic)!.QueueAge > TimeSpan.Zero);

        hold.Set();

        var receipts = await Task.WhenAll(sent).WaitAsync(s_patience);
        Assert.All(receipts, receipt => Assert.Equal(100, receipt.Accepted + receipt.Duplicates));
        Assert.Equal(100, (await host.Ingest.SendAsync(TestBodies.Lines(events[..100]))).Duplicates);
    }

    [Fact]
    public async Task Who_stops_waiting_stops_nothing_else()
    {
        using var folder = await HostFolder.CreateAsync();
        await using var host = await folder.StartAsync();
        using var cancellation = new CancellationTokenSource();
        var hold = Hold(host);
        var events = TestBodies.Events(2, 300);
        var waiting = host.Ingest.SendAsync(TestBodies.Lines(events), cancellation.Token).AsTask();
        var scoring = host.Ingest.ScoreAsync(TestBodies.Utf8(TestBodies.Click("alone", TestBodies.Start, new Random(1))), cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scoring);
        hold.Set();
        Assert.Equal(300, (await host.Ingest.SendAsync(TestBodies.Lines(events))).Duplicates);
        Assert.NotNull(await host.Decisions.FindAsync("alone"));
    }

    [Fact]
    public async Task What_waits_when_the_host_stops_is_taken_in_and_what_comes_later_is_refused()
    {
        using var folder = await HostFolder.CreateAsync();
        var host = await folder.StartAsync();
        var hold = Hold(host);
        var waiting = host.Ingest.SendAsync(TestBodies.Lines(TestBodies.Events(3, 300))).AsTask();

        var stopping = host.DisposeAsync().AsTask();
        await Waiting.UntilAsync(() => host.Queue.IsClosed);
        var refused = await Assert.ThrowsAsync<BusyException>(() => host.Ingest.SendAsync(TestBodies.Utf8("{}")).AsTask());
        hold.Set();

        Assert.True(refused.Unfit);
        Assert.Equal(300, (await waiting.WaitAsync(s_patience)) is var receipt ? receipt.Accepted + receipt.Duplicates : 0);
        await stopping;
        await using var again = await folder.StartAsync();
        Assert.Equal(300, (await again.Ingest.SendAsync(TestBodies.Lines(TestBodies.Events(3, 300)))).Duplicates);
    }

    [Fact]
    public async Task A_full_disk_makes_the_host_unfit_until_there_is_space_and_nothing_is_lost_or_counted_twice()
    {
        using var folder = await HostFolder.CreateAsync();
        var disk = new FailingDisk();
        var options = folder.Options with { OpenSegment = disk.Open, BatchEvents = 50, DiskPatience = s_patience };
        var events = TestBodies.Events(4, 1_000);
        var host = await folder.StartAsync(options);
        await host.Ingest.SendAsync(TestBodies.Lines(events[..200]));
        disk.Room = 3_000;
        var pending = host.Ingest.SendAsync(TestBodies.Lines(events[200..400])).AsTask();
        await Waiting.UntilAsync(() => host.Health.NotReady is not null);

        var refused = await Assert.ThrowsAsync<BusyException>(() => host.Ingest.SendAsync(TestBodies.Lines(events[400..600])).AsTask());
        Assert.True(refused.Unfit);
        Assert.False(pending.IsCompleted);
        Assert.Null(host.Health.NotLive);
        Assert.NotNull(await host.Traffic.NowAsync());
        disk.Room = long.MaxValue;

        Assert.Equal(200, (await pending.WaitAsync(s_patience)) is var receipt ? receipt.Accepted + receipt.Duplicates : 0);
        await Waiting.UntilAsync(() => host.Health.NotReady is null);
        await host.Ingest.SendAsync(TestBodies.Lines(events[400..]));
        var described = await HostFolder.DescribeAsync(host);
        await host.DisposeAsync();
        await using (var again = await folder.StartAsync())
        {
            Assert.Equal(described, await HostFolder.DescribeAsync(again));
        }

        using var calm = await HostFolder.CreateAsync();
        await using var whole = await calm.StartAsync();
        await whole.Ingest.SendAsync(TestBodies.Lines(events));
        Assert.Equal(await HostFolder.DescribeAsync(whole), described);
    }

    [Fact]
    public async Task Who_waits_for_a_full_disk_is_told_to_come_again_and_what_it_sent_counts_once()
    {
        using var folder = await HostFolder.CreateAsync();
        var disk = new FailingDisk();
        var events = TestBodies.Events(5, 400);
        await using var host = await folder.StartAsync(folder.Options with { OpenSegment = disk.Open, BatchEvents = 50, DiskPatience = TimeSpan.FromMilliseconds(100) });
        disk.Room = 0;

        var sending = Assert.ThrowsAsync<BusyException>(() => host.Ingest.SendAsync(TestBodies.Lines(events)).AsTask());
        var scoring = Assert.ThrowsAsync<BusyException>(() => host.Ingest.ScoreAsync(TestBodies.Utf8(TestBodies.Click("alone", TestBodies.Start, new Random(1)))).AsTask());
        var refused = await sending.WaitAsync(s_patience);
        await scoring.WaitAsync(s_patience);

        Assert.True(refused.Unfit);
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
        Assert.DoesNotContain(folder.Path, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Path, host.Health.NotReady, StringComparison.Ordinal);
        Assert.Equal(0, host.Decisions.Last);

        disk.Room = long.MaxValue;
        await Waiting.UntilAsync(() => host.Health.NotReady is null);
        Assert.Equal((0, 400), (await host.Ingest.SendAsync(TestBodies.Lines(events))) is var again ? (again.Accepted, again.Duplicates) : default);
        var all = await HostFolder.AllAsync(host);
        Assert.Equal(all.Count, all.Select(kept => kept.ClickId).Distinct().Count());
    }

    [Fact]
    public async Task Where_a_score_has_a_patience_its_decision_waits_for_a_late_disk_no_longer_and_says_so()
    {
        using var folder = await HostFolder.CreateAsync();
        var disk = new FailingDisk();
        var click = TestBodies.Utf8(TestBodies.Click("alone", TestBodies.Start, new Random(1)));
        await using var host = await folder.StartAsync(folder.Options with { OpenSegment = disk.Open, ScorePatience = TimeSpan.FromMilliseconds(2) });
        using var late = disk.Hold();

        var early = await host.Ingest.ScoreAsync(click).AsTask().WaitAsync(s_patience);
        var again = host.Ingest.ScoreAsync(click).AsTask();

        Assert.False(early.IsDurable);
        Assert.Equal("alone", early.Decision!.ClickId);
        Assert.Null(await host.Decisions.FindAsync("alone"));
        Assert.False(again.IsCompleted);
        late.Dispose();
        var known = await again.WaitAsync(s_patience);
        Assert.True(known.Duplicate);
        Assert.True(known.IsDurable);
        Assert.Equal(early.Decision.Number, known.Decision!.Number);
        Assert.Equal(early.Decision.Decision, known.Decision.Decision);
    }

    [Fact]
    public async Task A_score_waits_for_a_late_disk_unless_it_is_told_not_to()
    {
        using var folder = await HostFolder.CreateAsync();
        var disk = new FailingDisk();
        await using var host = await folder.StartAsync(folder.Options with { OpenSegment = disk.Open });
        using var late = disk.Hold();

        var scoring = host.Ingest.ScoreAsync(TestBodies.Utf8(TestBodies.Click("alone", TestBodies.Start, new Random(1)))).AsTask();
        await Waiting.UntilAsync(() => disk.IsHeld);
        var traffic = await host.Traffic.NowAsync();

        Assert.Equal(1, traffic.Clicks);
        Assert.False(scoring.IsCompleted);
        late.Dispose();
        Assert.True((await scoring.WaitAsync(s_patience)).IsDurable);
    }

    [Fact]
    public async Task A_host_stops_while_its_disk_is_full_and_what_it_acknowledged_is_there_again()
    {
        using var folder = await HostFolder.CreateAsync();
        var disk = new FailingDisk();
        var events = TestBodies.Events(5, 2_000);
        var host = await folder.StartAsync(folder.Options with
        {
            OpenSegment = disk.Open,
            BatchEvents = 50,
            DiskPatience = TimeSpan.FromMilliseconds(100),
            Log = folder.Options.Log with { PendingBytes = 64 << 10 },
        });
        await host.Ingest.SendAsync(TestBodies.Lines(events[..400]));
        var acknowledged = await HostFolder.AllAsync(host);
        disk.Room = 100;
        await Assert.ThrowsAsync<BusyException>(() => host.Ingest.SendAsync(TestBodies.Lines(events[400..])).AsTask().WaitAsync(s_patience));

        await host.DisposeAsync().AsTask().WaitAsync(s_patience);

        await using var again = await folder.StartAsync();
        Assert.Equal(acknowledged.Select(kept => kept.ClickId), (await HostFolder.AllAsync(again)).Select(kept => kept.ClickId).Take(acknowledged.Count));
    }

    [Fact]
    public async Task Many_senders_at_once_are_each_answered_for_their_own_events()
    {
        using var folder = await HostFolder.CreateAsync();
        await using var host = await folder.StartAsync(folder.Options with { BatchEvents = 64, SnapshotLogBytes = 64 << 10, Log = folder.Options.Log with { PendingBytes = 64 << 10 } });

        await Parallel.ForAsync(0, 60, async (sender, cancellationToken) =>
        {
            var random = new Random(sender);
            for (var round = 0; round < 10; round++)
            {
                var own = Enumerable.Range(0, random.Next(1, 30)).Select(index => TestBodies.Click($"{sender}-{round}-{index}", TestBodies.Start + round * 1000, random)).ToList();
                Assert.Equal((own.Count, 1, 0), (await host.Ingest.SendAsync(TestBodies.Lines([.. own, own[0]]), cancellationToken)) is var receipt ? (receipt.Accepted, receipt.Duplicates, receipt.Quarantined) : default);
                var scored = await host.Ingest.ScoreAsync(TestBodies.Utf8(TestBodies.Click($"{sender}-{round}-scored", TestBodies.Start, random)), cancellationToken);
                Assert.Equal($"{sender}-{round}-scored", scored.Decision!.ClickId);
            }
        });

        var all = await HostFolder.AllAsync(host);
        Assert.Equal(all.Count, all.Select(kept => kept.ClickId).Distinct().Count());
        Assert.Equal(host.Decisions.Last, all.Count);
        Assert.Null(host.Health.NotLive);
    }

    /// <summary>Holds the loop up until the event is set.</summary>
    private static ManualResetEventSlim Hold(LocalHost host)
    {
        var (entered, hold) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        host.Queue.TryPost(() =>
        {
            entered.Set();
            hold.Wait(s_patience);
        });
        Assert.True(entered.Wait(s_patience));
        return hold;
    }
}
