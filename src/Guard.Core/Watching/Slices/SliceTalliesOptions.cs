namespace Guard.Core.Watching.Slices;

/// <summary>How much slice tallies remember. The defaults are Guard's own; none is published by others.</summary>
public sealed record SliceTalliesOptions
{
    /// <summary>Gets for how long, in event time, a purchase finds its click at least; from an hour to 90 days. Default: 7 days.</summary>
    public TimeSpan PurchaseWindow { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Gets for how many clicks of one window there is room, at 16 bytes each and three quarters of them used, in [4,096, 2²⁸]; twice that is held. Default: 2²⁰, 32 MB.
    /// Where more come, a sample of them is held (see <see cref="SliceTallies.PurchaseShare"/>).
    /// </summary>
    public int PurchaseSlots { get; init; } = 1 << 20;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        Require(PurchaseWindow >= TimeSpan.FromHours(1) && PurchaseWindow <= TimeSpan.FromDays(90), nameof(PurchaseWindow), "1 hour to 90 days");
        Require(PurchaseSlots is >= 4096 and <= 1 << 28 && int.IsPow2(PurchaseSlots), nameof(PurchaseSlots), "a power of two from 4096 to 268435456");
    }

    private static void Require(bool valid, string name, string range)
    {
        if (!valid)
        {
            throw new ArgumentException($"The option {name} of the slice tallies is out of range: give {range}.", name);
        }
    }
}
