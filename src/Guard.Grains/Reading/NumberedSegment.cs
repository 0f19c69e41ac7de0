using Guard.Core.Features;
using Guard.Grains.Counting;
using Guard.Grains.Deciding;

namespace Guard.Grains.Reading;

/// <summary>A segment whose decisions have numbers. Immutable.</summary>
/// <param name="first">The number of its first decision.</param>
/// <param name="segment">The segment.</param>
internal sealed class NumberedSegment(long first, DecisionSegment segment)
{
    private readonly Lazy<IReadOnlyList<DecisionTexts>>? _texts =
        segment.TextEnds.Length == 0 && segment.Events.Length > 0 ? new(() => EventTexts.Read(segment.Events)) : null;

    /// <summary>Gets the number of its first decision.</summary>
    public long First => first;

    /// <summary>Gets the number of decisions.</summary>
    public int Count { get; } = segment.Clicks;

    /// <summary>Gets the number of its last decision.</summary>
    public long Last => first + Count - 1;

    /// <summary>Gets the segment.</summary>
    public DecisionSegment Segment => segment;

    /// <summary>Gets the clicks with their decisions.</summary>
    public ReadOnlySpan<DecidedRow> Rows => RowBytes.Read<DecidedRow>(segment.Rows);

    /// <summary>Gets one click's texts.</summary>
    public DecisionTexts Texts(int row) => _texts is { } former ? former.Value[row] : TextColumns.Read(segment, row);

    /// <summary>Gets one click's features.</summary>
    public float[] Features(int row)
    {
        var width = ClickFeatures.Schema.Width;
        return RowBytes.Read<float>(segment.Features).Slice(row * width, width).ToArray();
    }
}
