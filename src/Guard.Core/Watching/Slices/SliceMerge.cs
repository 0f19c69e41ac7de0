using Guard.Core.Calibration;
using Guard.Core.Clicks;
using Guard.Core.Hosting;

namespace Guard.Core.Watching.Slices;

/// <summary>Makes figures of slices out of those of their leaves, of one partition or of many.</summary>
public static class SliceMerge
{
    /// <summary>Gets every slice that has leaves, <c>all</c> first, each before its parts.</summary>
    /// <param name="leaves">The leaves; one may stand there once for each partition, all for the same moment.</param>
    /// <param name="thresholds">The thresholds in force.</param>
    public static IReadOnlyList<SliceTraffic> Slices(IEnumerable<LeafSums> leaves, ThresholdSet thresholds)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        ArgumentNullException.ThrowIfNull(thresholds);
        var sums = new SortedDictionary<int, (TrafficTally Hour, TrafficTally Day)>();
        foreach (var group in leaves.GroupBy(static leaf => leaf.Leaf))
        {
            var (hour, day) = group.Aggregate((Hour: default(TrafficTally), Day: default(TrafficTally)), static (sum, leaf) => (sum.Hour + leaf.LastHour, sum.Day + leaf.LastDay));
            for (var slice = Slice.FromCode(group.Key); ; slice = slice.Parent)
            {
                var sum = sums.GetValueOrDefault(slice.Code);
                sums[slice.Code] = (sum.Hour + hour, sum.Day + day);
                if (slice.Depth == 0)
                {
                    break;
                }
            }
        }

        return [.. sums.Select(sum => Traffic(Slice.FromCode(sum.Key), sum.Value.Hour, sum.Value.Day, thresholds))];
    }

    internal static SliceTraffic Traffic(Slice slice, TrafficTally hour, TrafficTally day, ThresholdSet thresholds)
    {
        var threshold = thresholds.ThresholdOf(slice, out var source);
        return new SliceTraffic(slice, hour, day, threshold, source);
    }
}
