using Guard.Grains.Counting;

namespace Guard.Grains.Deciding;

/// <summary>What a partition's messages in a range led to: an immutable artifact, written once, by whoever decides the range first.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.decision-segment")]
public sealed class DecisionSegment
{
    /// <summary>Gets the partition.</summary>
    [Id(0)]
    public int Partition { get; init; }

    /// <summary>Gets the number of the range's first message.</summary>
    [Id(1)]
    public long FirstMessage { get; init; }

    /// <summary>Gets the number of the range's last message.</summary>
    [Id(2)]
    public long LastMessage { get; init; }

    /// <summary>Gets the number of the first click.</summary>
    [Id(3)]
    public long FirstClick { get; init; }

    /// <summary>Gets the decisions as CloudEvents, one a line, in click order: what earlier builds wrote in place of <see cref="Texts"/>.</summary>
    [Id(4)]
    public byte[] Events { get; init; } = [];

    /// <summary>Gets the clicks as packed <see cref="DecidedRow"/>s, in order.</summary>
    [Id(5)]
    public byte[] Rows { get; init; } = [];

    /// <summary>Gets the features of the clicks, row-major, packed.</summary>
    [Id(6)]
    public byte[] Features { get; init; } = [];

    /// <summary>Gets the purchases as packed <see cref="PurchaseRow"/>s, in order.</summary>
    [Id(7)]
    public byte[] Purchases { get; init; } = [];

    /// <summary>Gets the version of the model.</summary>
    [Id(8)]
    public string Model { get; init; } = "";

    /// <summary>Gets the version of the thresholds.</summary>
    [Id(9)]
    public string Thresholds { get; init; } = "";

    /// <summary>Gets where each of the <see cref="TextColumns.Columns"/> texts of each click ends in <see cref="Texts"/>, packed.</summary>
    [Id(10)]
    public byte[] TextEnds { get; init; } = [];

    /// <summary>Gets the texts of the clicks: id, source, campaign, advertiser, and the reason of a list entry that decided.</summary>
    [Id(11)]
    public byte[] Texts { get; init; } = [];

    /// <summary>Gets the number of clicks.</summary>
    internal int Clicks => RowBytes.Read<DecidedRow>(Rows).Length;

    /// <summary>Gets about how large it is, in bytes.</summary>
    internal long Size => Events.Length + Rows.Length + Features.Length + Purchases.Length + TextEnds.Length + Texts.Length;

    /// <summary>Gets what is told of the messages beside their clicks; <see langword="null"/> in segments of builds that told nothing.</summary>
    [Id(20)]
    public SegmentNotes? Notes { get; init; }

    /// <summary>Gets the segment as far as who counts needs it: without texts and features.</summary>
    internal DecisionSegment Counted() =>
        new() { Partition = Partition, FirstMessage = FirstMessage, LastMessage = LastMessage, FirstClick = FirstClick, Rows = Rows, Purchases = Purchases, Notes = Notes };
}
