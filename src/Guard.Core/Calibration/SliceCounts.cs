using Guard.Core.Clicks;
using Guard.Core.Features;

namespace Guard.Core.Calibration;

/// <summary>Counts what verdicts did to clicks, slice by slice.</summary>
public static class SliceCounts
{
    /// <summary>Gets the counts of every slice, by its code; a slice above the leaves has those of all below it.</summary>
    /// <param name="facts">The clicks.</param>
    /// <param name="purchasing">Whether each led to a purchase.</param>
    /// <param name="invalidated">Whether each was invalidated.</param>
    /// <param name="roboticClicksPerHour">A session with more ad clicks than this in an hour counts as robotic.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static ClickCounts[] Of(ReadOnlySpan<ClickFacts> facts, ReadOnlySpan<bool> purchasing, ReadOnlySpan<bool> invalidated, int roboticClicksPerHour)
    {
        if (purchasing.Length != facts.Length || invalidated.Length != facts.Length)
        {
            throw new ArgumentException($"{facts.Length} clicks, {purchasing.Length} purchase flags and {invalidated.Length} verdicts: give one of each a click.", nameof(facts));
        }

        var robotic = RoboticSessions.Mark(facts, roboticClicksPerHour);
        var counts = new ClickCounts[Slice.Count];
        for (var row = 0; row < facts.Length; row++)
        {
            var (hit, buys, busy) = (invalidated[row] ? 1 : 0, purchasing[row] ? 1 : 0, robotic[row] ? 1 : 0);
            counts[facts[row].Slice.Code] += new ClickCounts(1, hit, buys, hit * buys, busy, hit * busy);
        }

        AddToParents(counts);
        return counts;
    }

    internal static void AddToParents(Span<ClickCounts> counts)
    {
        // A parent's code is below its children's.
        for (var code = Slice.Count - 1; code > 0; code--)
        {
            counts[Slice.FromCode(code).Parent.Code] += counts[code];
        }
    }
}
