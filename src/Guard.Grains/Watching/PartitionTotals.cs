using Guard.Core.Clicks;

namespace Guard.Grains.Watching;

/// <summary>What was counted of a partition since its state began.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.partition-totals")]
public sealed record PartitionTotals
{
    /// <summary>Gets the clicks decided.</summary>
    [Id(0)]
    public long Clicks { get; init; }

    /// <summary>Gets the clicks invalidated by a list.</summary>
    [Id(1)]
    public long GeneralInvalid { get; init; }

    /// <summary>Gets the clicks invalidated by the model.</summary>
    [Id(2)]
    public long SophisticatedInvalid { get; init; }

    /// <summary>Gets the purchases taken in.</summary>
    [Id(3)]
    public long Purchases { get; init; }

    /// <summary>Gets the telemetry readings taken in.</summary>
    [Id(4)]
    public long Telemetry { get; init; }

    /// <summary>Gets the events that were known already.</summary>
    [Id(5)]
    public long Duplicates { get; init; }

    /// <summary>Gets the events in quarantine for each reason.</summary>
    [Id(6)]
    public Dictionary<RejectReason, long> Quarantined { get; init; } = [];

    /// <summary>Adds those of another partition.</summary>
    public PartitionTotals Plus(PartitionTotals other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new PartitionTotals
        {
            Clicks = Clicks + other.Clicks,
            GeneralInvalid = GeneralInvalid + other.GeneralInvalid,
            SophisticatedInvalid = SophisticatedInvalid + other.SophisticatedInvalid,
            Purchases = Purchases + other.Purchases,
            Telemetry = Telemetry + other.Telemetry,
            Duplicates = Duplicates + other.Duplicates,
            Quarantined = Quarantined.Concat(other.Quarantined).GroupBy(static pair => pair.Key, static pair => pair.Value).ToDictionary(static group => group.Key, static group => group.Sum()),
        };
    }
}
