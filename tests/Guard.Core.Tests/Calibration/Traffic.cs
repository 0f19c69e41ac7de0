using Guard.Core.Calibration;
using Guard.Core.Clicks;
using Guard.Core.Features;

namespace Guard.Core.Tests.Calibration;

/// <summary>Scored clicks built by hand or drawn from a seed: humans about log-odds −2, robots about +2, plus the slice's shift.</summary>
internal sealed class Traffic
{
    public const long Start = 1_767_225_600_000; // 2026-01-01T00:00:00Z

    private readonly List<float> _scores = [];
    private readonly List<bool> _purchasing = [];
    private readonly List<ClickFacts> _facts = [];

    public CalibrationSample Sample => new(_scores.ToArray(), _purchasing.ToArray(), _facts.ToArray());

    public int Count => _scores.Count;

    public static Slice Leaf(string text) => Slice.Parse(text);

    public Traffic Add(string leaf, float score, bool purchasing = false, ulong session = 0, long time = Start, int times = 1)
    {
        var slice = Leaf(leaf);
        for (var i = 0; i < times; i++)
        {
            Add(slice, score, purchasing, session, time);
        }

        return this;
    }

    /// <summary>Adds clicks of which three in ten are robots; robots click 20 times a session, one human in ten purchases.</summary>
    public Traffic Draw(Random random, string leaf, int clicks, double shift = 0, double purchaseRate = .1)
    {
        var slice = Leaf(leaf);
        for (var i = 0; i < clicks; i++)
        {
            var robot = random.NextDouble() < .3;
            var logOdds = (robot ? 2 : -2) + shift + 1.2 * Normal(random);
            Add(slice, (float)(1 / (1 + Math.Exp(-logOdds))), !robot && random.NextDouble() < purchaseRate, robot ? (ulong)(1 + i / 60) : 0, Start + i);
        }

        return this;
    }

    public Traffic Shuffled(int seed)
    {
        var order = Enumerable.Range(0, Count).ToArray();
        new Random(seed).Shuffle(order);
        var result = new Traffic();
        foreach (var i in order)
        {
            result._scores.Add(_scores[i]);
            result._purchasing.Add(_purchasing[i]);
            result._facts.Add(_facts[i]);
        }

        return result;
    }

    /// <summary>Counts what a set of thresholds does to these clicks (robotic sessions left out).</summary>
    public ClickCounts Under(ThresholdSet set)
    {
        var counts = default(ClickCounts);
        for (var i = 0; i < Count; i++)
        {
            var hit = _scores[i] >= set.ThresholdOf(_facts[i].Slice) ? 1 : 0;
            var buys = _purchasing[i] ? 1 : 0;
            counts += new ClickCounts(1, hit, buys, hit * buys, 0, 0);
        }

        return counts;
    }

    public IvrFprCurve Curve() => IvrFprCurve.Of([.. _scores], [.. _purchasing], []);

    private void Add(Slice slice, float score, bool purchasing, ulong session, long time)
    {
        _scores.Add(score);
        _purchasing.Add(purchasing);
        _facts.Add(new ClickFacts(time, 0, 0, session, 0, slice, false));
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
