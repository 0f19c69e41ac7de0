using System.Diagnostics.Metrics;
using Guard.Grains.Ingest;

namespace Guard.Grains.Watching;

/// <summary>How many purchases the partitions of a silo found the click of, on the meter <see cref="IngestInstruments.MeterName"/>. Safe for concurrent use.</summary>
internal sealed class PurchaseInstruments
{
    private long _taken;
    private long _unjoined;

    public PurchaseInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(IngestInstruments.MeterName);
        meter.CreateObservableCounter("guard.purchases", () => Volatile.Read(ref _taken), "{purchase}", "Purchases taken in.");
        meter.CreateObservableCounter(
            "guard.purchases.unjoined",
            () => Volatile.Read(ref _unjoined),
            "{purchase}",
            "Purchases that count in no slice: their click came in another partition, is not held any more, had purchased before, or is not named.");
    }

    /// <summary>Counts purchases.</summary>
    /// <param name="taken">How many were taken in.</param>
    /// <param name="unjoined">How many of them found no click.</param>
    public void Count(long taken, long unjoined)
    {
        Interlocked.Add(ref _taken, taken);
        Interlocked.Add(ref _unjoined, unjoined);
    }
}
