using Guard.Core.Clicks;

namespace Guard.Core.Calibration;

/// <summary>A sample in order of falling score, from which the curve of any group of slices is read without sorting again.</summary>
internal sealed class SortedClicks
{
    private readonly float[] _scores;
    private readonly ClickFlags[] _flags;
    private readonly int[] _leaves;

    private SortedClicks(float[] scores, ClickFlags[] flags, int[] leaves) => (_scores, _flags, _leaves) = (scores, flags, leaves);

    public static SortedClicks Of(in CalibrationSample sample, int roboticClicksPerHour)
    {
        var robotic = RoboticSessions.Mark(sample.Facts, roboticClicksPerHour);
        var order = ScoreOrder.Descending(sample.Scores);
        var (scores, flags, leaves) = (new float[order.Length], new ClickFlags[order.Length], new int[order.Length]);
        for (var i = 0; i < order.Length; i++)
        {
            var click = order[i];
            scores[i] = sample.Scores[click];
            flags[i] = ScoreOrder.Flags(sample.Purchasing[click], robotic[click]);
            leaves[i] = sample.Facts[click].Slice.Code;
        }

        return new SortedClicks(scores, flags, leaves);
    }

    /// <summary>Gets the counts of every slice under a threshold per leaf; inner slices add up their leaves.</summary>
    /// <param name="thresholds">One threshold a slice code.</param>
    public ClickCounts[] Count(ReadOnlySpan<float> thresholds)
    {
        var counts = new ClickCounts[Slice.Count];
        for (var i = 0; i < _scores.Length; i++)
        {
            var leaf = _leaves[i];
            var hit = _scores[i] >= thresholds[leaf] ? 1 : 0;
            var (buys, robotic) = ((int)(_flags[i] & ClickFlags.Purchasing), (int)(_flags[i] & ClickFlags.Robotic) >> 1);
            counts[leaf] += new ClickCounts(1, hit, buys, hit * buys, robotic, hit * robotic);
        }

        SliceCounts.AddToParents(counts);
        return counts;
    }

    /// <summary>Gets one curve a group; a leaf whose group is negative is left out.</summary>
    /// <param name="groupOfLeaf">The group of each slice code.</param>
    /// <param name="groups">The number of groups.</param>
    public IvrFprCurve[] Curves(ReadOnlySpan<int> groupOfLeaf, int groups)
    {
        var ends = new int[groups + 1];
        foreach (var leaf in _leaves)
        {
            if (groupOfLeaf[leaf] >= 0)
            {
                ends[groupOfLeaf[leaf] + 1]++;
            }
        }

        for (var group = 0; group < groups; group++)
        {
            ends[group + 1] += ends[group];
        }

        var starts = ends.AsSpan(0, groups).ToArray();
        var (scores, flags) = (new float[ends[groups]], new ClickFlags[ends[groups]]);
        for (var i = 0; i < _leaves.Length; i++)
        {
            var group = groupOfLeaf[_leaves[i]];
            if (group >= 0)
            {
                var place = starts[group]++;
                (scores[place], flags[place]) = (_scores[i], _flags[i]);
            }
        }

        var curves = new IvrFprCurve[groups];
        for (var group = 0; group < groups; group++)
        {
            var range = ends[group]..ends[group + 1];
            curves[group] = IvrFprCurve.OfSorted(scores.AsSpan(range), flags.AsSpan(range));
        }

        return curves;
    }
}
