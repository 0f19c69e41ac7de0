using Guard.Core.Calibration;
using Guard.Core.Lifecycle;
using Guard.Grains.Calibrating;
using Microsoft.Extensions.DependencyInjection;

namespace Guard.Grains.Tests.Calibrating;

public sealed class CalibrationGrainTests
{
    // The traffic of the tests begins on 2026-01-01 and takes some hours.
    private static readonly DateTimeOffset s_now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task New_thresholds_are_put_in_force_once_for_an_interval_that_is_worked_twice()
    {
        await using var cluster = await StartAsync();
        var before = await CurrentAsync(cluster);

        var first = await Grain(cluster).CalibrateAsync();
        await cluster.Silos.DeactivateAsync(Grain(cluster));
        var second = await Grain(cluster).CalibrateAsync();

        Assert.Null(first.Refusal);
        Assert.Equal((first.Version, before), (await CurrentAsync(cluster), first.Previous));
        Assert.NotEqual(before, first.Version);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task What_another_silo_decided_for_the_interval_holds_also_where_this_one_forgot()
    {
        await using var cluster = await StartAsync();
        var outcome = await Grain(cluster).CalibrateAsync();
        await ForgetAsync(cluster);

        var again = await Grain(cluster).CalibrateAsync();

        Assert.Equal(outcome, again);
        Assert.Equal(outcome.Version, await CurrentAsync(cluster));
    }

    [Fact]
    public async Task A_crash_between_deciding_and_publishing_is_made_good()
    {
        await using var cluster = await StartAsync();
        var before = await CurrentAsync(cluster);
        var outcome = await Grain(cluster).CalibrateAsync();
        await new VersionedArtifacts(cluster.Artifacts, "thresholds/clicks").MoveCurrentAsync(before!, TestContext.Current.CancellationToken);
        await ForgetAsync(cluster);

        await Grain(cluster).CalibrateAsync();

        Assert.Equal(outcome.Version, await CurrentAsync(cluster));
    }

    [Fact]
    public async Task Thresholds_outside_the_bounds_are_kept_and_not_put_in_force()
    {
        await using var cluster = await StartAsync(bounds => bounds.MinimumPurchasing = 1_000_000);
        var before = await CurrentAsync(cluster);

        var outcome = await Grain(cluster).CalibrateAsync();

        Assert.Contains("purchasing clicks, fewer than 1000000", outcome.Refusal);
        Assert.Null(outcome.Version);
        Assert.Equal(before, await CurrentAsync(cluster));
    }

    [Theory]
    [InlineData("2026-01-05T02:59:59Z", "20260104T030000Z")]
    [InlineData("2026-01-05T03:00:00Z", "20260105T030000Z")]
    public void A_daily_interval_begins_at_its_hour(string now, string key) =>
        Assert.Equal(key, CalibrationInterval.Due(DateTimeOffset.Parse(now), new CalibrationJobOptions()).Key);

    private static ICalibrationGrain Grain(GuardCluster cluster) => cluster.Grains.GetGrain<ICalibrationGrain>("clicks");

    private static ValueTask<string?> CurrentAsync(GuardCluster cluster) =>
        new VersionedArtifacts(cluster.Artifacts, "thresholds/clicks").CurrentAsync(TestContext.Current.CancellationToken);

    private static async Task ForgetAsync(GuardCluster cluster)
    {
        await cluster.Silos.DeactivateAsync(Grain(cluster));
        const string path = "state/guard.calibration/clicks/calibration";
        var state = await cluster.Artifacts.ReadAsync(path, TestContext.Current.CancellationToken);
        await cluster.Artifacts.ReplaceAsync(path, ReadOnlyMemory<byte>.Empty, state!.ETag, TestContext.Current.CancellationToken);
    }

    private static async Task<GuardCluster> StartAsync(Action<CalibrationBounds>? bounds = null)
    {
        var cluster = await GuardCluster.StartAsync(1, silo =>
        {
            silo.AddReminders();
            silo.UseInMemoryReminderService();
            silo.Services.AddSingleton<TimeProvider>(new FixedTime(s_now));
            silo.Configure<CalibrationJobOptions>(options =>
            {
                options.Calibration = new CalibrationOptions { Budget = .3, MinimumPurchasing = 20 };
                options.Bounds = new CalibrationBounds { MinimumClicks = 100, MinimumPurchasing = 10, GreatestFpr = 1, GreatestIvrChange = 1 };
                bounds?.Invoke(options.Bounds);
            });
        });
        await TestPolicy.PublishAsync(cluster.Artifacts);
        await cluster.Partition.DeliverAsync(HubTraffic.Messages(21, 3000));
        await cluster.NumberedAsync();
        return cluster;
    }
}
