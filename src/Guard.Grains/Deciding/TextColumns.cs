using System.Text;
using Guard.Grains.Counting;

namespace Guard.Grains.Deciding;

/// <summary>The texts of decisions as a segment keeps them: the UTF-8 of all, row after row, and where each ends. The layout is that of saved segments and never changes.</summary>
internal static class TextColumns
{
    /// <summary>How many texts a row has: id, source, campaign, advertiser, the reason of a list.</summary>
    public const int Columns = 5;

    /// <summary>Reads one row.</summary>
    /// <param name="segment">The segment, which has texts.</param>
    /// <param name="row">The row.</param>
    public static DecisionTexts Read(DecisionSegment segment, int row)
    {
        var ends = RowBytes.Read<int>(segment.TextEnds)[..((row + 1) * Columns)];
        var reason = Text(segment.Texts, ends, 4);
        return new DecisionTexts(
            Text(segment.Texts, ends, 0), Text(segment.Texts, ends, 1), Text(segment.Texts, ends, 2), Text(segment.Texts, ends, 3), reason.Length == 0 ? null : reason);
    }

    private static string Text(byte[] texts, ReadOnlySpan<int> ends, int column)
    {
        var index = ends.Length - Columns + column;
        var start = index == 0 ? 0 : ends[index - 1];
        return Encoding.UTF8.GetString(texts, start, ends[index] - start);
    }
}
