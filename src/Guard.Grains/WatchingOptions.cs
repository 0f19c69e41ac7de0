using Guard.Core.Clicks;
using Guard.Core.Watching.Slices;

namespace Guard.Grains;

/// <summary>How much a cluster remembers of its traffic and of its telemetry streams. The defaults are Guard's own.</summary>
public sealed record WatchingOptions
{
    /// <summary>Gets or sets what each partition remembers of its slices. It is saved with every committed position. Default: purchases find their click among 2¹⁸ a week, 8 MB.</summary>
    public SliceTalliesOptions Slices { get; set; } = new() { PurchaseSlots = 1 << 18 };

    /// <summary>Gets or sets the most telemetry streams, in [1, 1,000,000]; readings of further ones are left out. Default: 10,000.</summary>
    public int Streams { get; set; } = 10_000;

    /// <summary>Gets or sets the most recent readings that a stream keeps, in [32, 65,536]. Default: 512.</summary>
    public int Readings { get; set; } = 512;

    /// <summary>Gets or sets the most alerts that are kept, in [1, 100,000], with starts and ends of as many; the oldest go first. Default: 2,000.</summary>
    public int Alerts { get; set; } = 2_000;

    /// <summary>Gets or sets how often partitions are asked which intervals are over, for Guard's own streams, from 1 s to 5 min. Default: 10 s.</summary>
    public TimeSpan MetricsEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">An option is outside its range; the message names it.</exception>
    public void Validate()
    {
        Slices.Validate();
        Require(Streams is >= 1 and <= 1_000_000, nameof(Streams), "1 to 1000000");
        Require(Readings is >= 32 and <= 65_536, nameof(Readings), "32 to 65536");
        Require(MetricsEvery >= TimeSpan.FromSeconds(1) && MetricsEvery <= TimeSpan.FromMinutes(5), nameof(MetricsEvery), "1 s to 5 min");
        Require(Alerts is >= 1 and <= 100_000, nameof(Alerts), "1 to 100000");
    }

    /// <summary>Gets which of Guard's own streams there are: intervals are closed when intake lets no click be late for them.</summary>
    internal static SliceMetricsOptions MetricsOf(IntakeOptions intake) =>
        new() { LateAllowance = TimeSpan.FromTicks(Math.Min(intake.LateAllowance.Ticks, TimeSpan.FromHours(12).Ticks)) };

    private static void Require(bool valid, string name, string range)
    {
        if (!valid)
        {
            throw new ArgumentException($"The option {name} of watching is out of range: give {range}.", name);
        }
    }
}
