using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Estimation.Thresholding;

namespace Guard.Core.Tests.Estimation.Thresholding;

public class QuantileBracketTests
{
    [Fact]
    public void An_unmerged_bracket_equals_the_whole_history()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<int[]>(),
            Gen.Elements(0.1, 0.5, 0.9, 0.99).ToArbitrary(),
            (values, level) =>
            {
                var bounds = RankBounds.Of(level, 0.2);
                var bracket = new QuantileBracket(bounds, int.MaxValue);
                var sorted = new List<double>();
                var lower = double.NegativeInfinity;
                var upper = double.PositiveInfinity;
                for (var i = 0; i < values.Length * 20; i++)
                {
                    // Repeats and small values, so that ties are common.
                    double value = (values[i % values.Length] + i) % 7;
                    bracket.Add(value);
                    var at = sorted.BinarySearch(value);
                    sorted.Insert(at < 0 ? ~at : at, value);
                    if (!RankBounds.IsGridPoint(sorted.Count))
                    {
                        continue;
                    }

                    var low = (int)bounds.Lower(sorted.Count);
                    var high = (int)bounds.Upper(sorted.Count) + 1;
                    lower = low < 1 ? lower : Math.Max(lower, sorted[low - 1]);
                    upper = high > sorted.Count ? upper : Math.Min(upper, sorted[high - 1]);
                    if (bracket.IsEmpty || lower > upper)
                    {
                        Assert.True(lower > upper);
                        break;
                    }

                    Assert.Equal((lower, upper), (bracket.Lower, bracket.Upper));
                }
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_merged_bracket_holds_the_exact_set_within()
    {
        Prop.ForAll(
            Gen.Choose(0, 10_000).ToArbitrary(),
            Gen.Elements(0.1, 0.5, 0.99).ToArbitrary(),
            (seed, level) =>
            {
                var random = new Random(seed);
                var bounds = RankBounds.Of(level, 0.01);
                var small = new QuantileBracket(bounds, 12);
                var exact = new QuantileBracket(bounds, int.MaxValue);
                for (var i = 0; i < 6000 && !exact.IsEmpty; i++)
                {
                    var value = Math.Floor(random.NextDouble() * 1000);
                    small.Add(value);
                    exact.Add(value);
                    Assert.True(small.Lower <= exact.Lower && small.Upper >= exact.Upper);
                    Assert.InRange(small.Stored, 0, 12);
                }
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_bracket_of_a_whole_sample_holds_the_one_of_the_stream_and_shares_its_count()
    {
        var random = new Random(4);
        var bounds = RankBounds.Of(0.9, 0.01);
        double[] values = [.. Enumerable.Range(0, 3001).Select(_ => random.NextDouble())];
        Array.Sort(values);
        var whole = QuantileBracket.OfSorted(values, bounds, int.MaxValue);
        Assert.Equal(3001, whole.Count);
        Assert.InRange(whole.Lower, 0.85, 0.9);
        Assert.InRange(whole.Upper, 0.9, 0.95);
        Assert.Equal(0, whole.RankError);
        for (var i = 0; i < 20_000; i++)
        {
            whole.Add(random.NextDouble());
        }

        Assert.InRange(whole.Lower, 0.88, 0.9);
        Assert.InRange(whole.Upper, 0.9, 0.92);
    }
}
