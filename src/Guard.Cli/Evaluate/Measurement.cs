using Guard.Core.Calibration;
using Guard.Core.Clicks;

namespace Guard.Cli.Evaluate;

/// <summary>What a set of verdicts did to a span of traffic, slice by slice and, where the truth is known, kind by kind.</summary>
public sealed class Measurement
{
    private readonly ClickCounts[] _counts;
    private readonly TruthCounts[]? _truth;

    private Measurement(ClickCounts[] counts, TruthCounts[]? truth, IReadOnlyDictionary<string, TruthCounts> kinds, TruthCounts gateways) =>
        (_counts, _truth, Kinds, Gateways) = (counts, truth, kinds, gateways);

    /// <summary>Gets the counts by kind of robot and for humans, in the order of the names; empty without truth.</summary>
    public IReadOnlyDictionary<string, TruthCounts> Kinds { get; }

    /// <summary>Gets the counts of the humans behind NAT gateways.</summary>
    public TruthCounts Gateways { get; }

    /// <summary>Gets the slices that have clicks, each before its parts.</summary>
    public IEnumerable<Slice> Slices => Enumerable.Range(0, _counts.Length).Where(code => _counts[code].Clicks > 0).Select(Slice.FromCode);

    /// <summary>Gets the counts of a slice.</summary>
    public ClickCounts Counts(Slice slice) => _counts[slice.Code];

    /// <summary>Gets the counts of a slice by the truth, where it is known.</summary>
    public TruthCounts? Truth(Slice slice) => _truth?[slice.Code];

    /// <summary>Measures verdicts.</summary>
    public static Measurement Of(TrafficSpan span, ReadOnlySpan<bool> invalidated, TruthIndex? truth, int roboticClicksPerHour)
    {
        var counts = SliceCounts.Of(span.Table.Facts, span.Purchasing, invalidated, roboticClicksPerHour);
        if (truth is null)
        {
            return new Measurement(counts, null, new SortedDictionary<string, TruthCounts>(StringComparer.Ordinal), default);
        }

        var slices = new TruthCounts[Slice.Count];
        var kinds = new SortedDictionary<string, TruthCounts>(StringComparer.Ordinal);
        var gateways = default(TruthCounts);
        for (var row = 0; row < span.Table.Count; row++)
        {
            ref readonly var facts = ref span.Table.Facts[row];
            if (truth.Of(facts.Click) is not { } origin)
            {
                continue;
            }

            kinds[origin.Kind] = kinds.GetValueOrDefault(origin.Kind).Add(origin.IsRobot, invalidated[row]);
            gateways = origin.BehindGateway ? gateways.Add(origin.IsRobot, invalidated[row]) : gateways;
            for (var slice = facts.Slice; ; slice = slice.Parent)
            {
                slices[slice.Code] = slices[slice.Code].Add(origin.IsRobot, invalidated[row]);
                if (slice == Slice.All)
                {
                    break;
                }
            }
        }

        return new Measurement(counts, slices, kinds, gateways);
    }
}
