using System.Collections.Immutable;
using Guard.Core.Clicks;
using Guard.Core.Features;

namespace Guard.Core.Pipeline;

/// <summary>What a decision's event says beside the decision: the click and what was in force.</summary>
internal readonly ref struct DecisionEntry
{
    /// <summary>Gets the decision's number, or 0 where it has none.</summary>
    public long Number { get; init; }

    public ReadOnlySpan<byte> Id { get; init; }

    public ReadOnlySpan<byte> Source { get; init; }

    /// <summary>Gets the event time in Unix milliseconds.</summary>
    public long Time { get; init; }

    public ClickTraits Traits { get; init; }

    public long CostMicros { get; init; }

    public ReadOnlySpan<byte> Campaign { get; init; }

    public ReadOnlySpan<byte> Advertiser { get; init; }

    public string Model { get; init; }

    public string Thresholds { get; init; }

    /// <summary>Gets the features that reasons refer to.</summary>
    public ImmutableArray<Feature> Features { get; init; }

    /// <summary>Gets what the list entry that decided says.</summary>
    public string? ListReason { get; init; }
}
