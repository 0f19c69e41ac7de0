using System.Text;
using Guard.Grains.Ingest;
using Microsoft.Extensions.DependencyInjection;

namespace Guard.Grains.Tests.Ingest;

public sealed class QuarantineRetentionTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 20, 11, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silo_deletes_rejected_events_of_days_that_are_over_for_as_long_as_they_are_kept()
    {
        string[] old = ["quarantine/2024-02-29/00000/a.ndjson", "quarantine/2026-03-05/10255/b.ndjson"];
        string[] young = ["quarantine/2026-03-06/00000/c.ndjson", "quarantine/2026-03-20/00001/d.ndjson", "quarantine/2026-03-21/00001/ahead.ndjson"];
        await using var cluster = await StartAsync([.. old, .. young, "calibrations/clicks/e.json"]);

        await UntilAsync(cluster, young);

        Assert.NotNull(await cluster.Artifacts.ReadAsync("calibrations/clicks/e.json", Cancellation));
    }

    [Fact]
    public async Task What_an_earlier_build_wrote_without_a_day_counts_from_the_first_look()
    {
        await using var cluster = await StartAsync(["quarantine/00003/1-2.ndjson", "quarantine/10000/3-4.ndjson", "quarantine/2026-03-19/00003/5-6.ndjson"]);

        await UntilAsync(cluster, ["quarantine/2026-03-19/00003/5-6.ndjson", "quarantine/2026-03-20/00003/1-2.ndjson", "quarantine/2026-03-20/10000/3-4.ndjson"]);

        var moved = await cluster.Artifacts.ReadAsync("quarantine/2026-03-20/10000/3-4.ndjson", Cancellation);
        Assert.Equal("quarantine/10000/3-4.ndjson", Encoding.UTF8.GetString(moved!.Content.Span));
    }

    [Fact]
    public async Task Rejected_events_lie_in_the_day_in_which_they_came()
    {
        await using var cluster = await StartAsync([]);
        await TestPolicy.PublishAsync(cluster.Artifacts);
        var late = new DateTimeOffset(2026, 3, 19, 23, 59, 59, 999, TimeSpan.Zero).ToUnixTimeMilliseconds();

        await cluster.Partition.DeliverAsync([Broken(0, late)]);
        await cluster.Partition.DeliverAsync([Broken(1, late + 1)]);

        Assert.Equal(
            ["quarantine/2026-03-19/00000/00000000000000000000-00000000000000000000.ndjson", "quarantine/2026-03-20/00000/00000000000000000001-00000000000000000001.ndjson"],
            await ListAsync(cluster));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public async Task A_message_with_no_time_that_a_calendar_holds_is_kept_without_a_day(long enqueued)
    {
        await using var cluster = await StartAsync([]);
        await TestPolicy.PublishAsync(cluster.Artifacts);

        await cluster.Partition.DeliverAsync([Broken(0, enqueued)]);

        Assert.Equal(["quarantine/00000/00000000000000000000-00000000000000000000.ndjson"], await ListAsync(cluster));
    }

    private static HubMessage Broken(long number, long enqueued) => new() { SequenceNumber = number, Offset = $"{number}", EnqueuedTime = enqueued, Body = "broken"u8.ToArray() };

    private static Task<GuardCluster> StartAsync(string[] paths) => GuardCluster.StartAsync(
        1,
        silo => silo.Services.AddSingleton<TimeProvider>(new FixedTime(s_now)),
        store: store =>
        {
            // There before the silo is.
            foreach (var path in paths)
            {
                Assert.True(store.CreateAsync(path, Encoding.UTF8.GetBytes(path), Cancellation).AsTask().GetAwaiter().GetResult());
            }

            return store;
        });

    private static async Task UntilAsync(GuardCluster cluster, string[] paths)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!(await ListAsync(cluster)).SequenceEqual(paths))
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private static async Task<List<string>> ListAsync(GuardCluster cluster) => await cluster.Artifacts.ListAsync("quarantine", Cancellation).ToListAsync(Cancellation);
}
