using System.Runtime.InteropServices;

using Guard.Core.Features;

namespace Guard.Core.Calibration;

/// <summary>The heuristic behind robotic coverage: sessions with more than k ad clicks in an hour.</summary>
public static class RoboticSessions
{
    private const long HourMilliseconds = 3_600_000;

    /// <summary>
    /// Marks every click of each session that has, in some span shorter than one hour, more than <paramref name="k"/> clicks.
    /// Clicks without a session are never marked.
    /// </summary>
    /// <param name="facts">The clicks, in any order.</param>
    /// <param name="k">The most clicks in an hour that a human session has; at least 1.</param>
    public static bool[] Mark(ReadOnlySpan<ClickFacts> facts, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var counts = new Dictionary<ulong, int>();
        foreach (ref readonly var fact in facts)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, fact.Session, out _)++;
        }

        var busy = new List<(ulong Session, long Time, int Index)>();
        for (var i = 0; i < facts.Length; i++)
        {
            if (facts[i].Session != 0 && counts[facts[i].Session] > k)
            {
                busy.Add((facts[i].Session, facts[i].Time, i));
            }
        }

        busy.Sort();
        var marks = new bool[facts.Length];
        for (var start = 0; start < busy.Count;)
        {
            var end = start;
            var robotic = false;
            for (; end < busy.Count && busy[end].Session == busy[start].Session; end++)
            {
                robotic |= end - k >= start && busy[end].Time - busy[end - k].Time < HourMilliseconds;
            }

            for (; start < end; start++)
            {
                marks[busy[start].Index] = robotic;
            }
        }

        return marks;
    }
}
