using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Training;

namespace Guard.Core.Tests.Training;

public class VelocityHeuristicTests
{
    [Fact]
    public void The_score_grows_with_each_named_feature_and_with_no_other()
    {
        var (table, labels) = SyntheticClicks.Checkered(500, 4, seed: 1);
        var model = VelocityHeuristic.Fit(table, labels, SyntheticClicks.Ones(500), [.. Enumerable.Range(0, 500)], ["f0", "f2"]);
        Prop.ForAll(Gen.Choose(-500, 500).Four().ToArbitrary(), x =>
        {
            float[] row = [x.Item1 / 100f, x.Item2 / 100f, x.Item3 / 100f, x.Item4 / 100f];
            var scores = new float[5];
            model.Score([.. row, .. With(row, 0), .. With(row, 1), .. With(row, 2), .. With(row, 3)], scores);
            Assert.True(scores[1] > scores[0] && scores[3] > scores[0]);
            Assert.Equal(scores[0], scores[2]);
            Assert.Equal(scores[0], scores[4]);
        }).QuickCheckThrowOnFailure();

        static float[] With(float[] row, int feature)
        {
            float[] changed = [.. row];
            changed[feature] += 1;
            return changed;
        }
    }

    [Fact]
    public void A_feature_that_the_schema_lacks_is_refused_by_name()
    {
        var (table, labels) = SyntheticClicks.Checkered(50, 2, seed: 1);
        var error = Assert.Throws<ArgumentException>(() =>
            VelocityHeuristic.Fit(table, labels, SyntheticClicks.Ones(50), [.. Enumerable.Range(0, 50)], ["user.clicks.10m"]));
        Assert.Contains("'user.clicks.10m'", error.Message, StringComparison.Ordinal);
    }
}
