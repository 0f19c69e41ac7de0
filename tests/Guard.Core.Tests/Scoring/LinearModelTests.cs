using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Scoring;

namespace Guard.Core.Tests.Scoring;

public class LinearModelTests
{
    [Fact]
    public void Scores_and_contributions_are_those_of_the_definition_in_every_batch() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var width = random.Next(1, 30);
        var model = new LinearModel("v", RandomNetworks.Schema(width), RandomNetworks.Normals(random, width, 0.5), 0.3f, RandomNetworks.Normals(random, width, 1));
        float[] rows = RandomNetworks.Rows(seed, 19, width), scores = new float[19], alone = new float[1], contributions = new float[width], together = new float[rows.Length];
        model.Score(rows, scores);
        model.Explain(rows, together);
        for (var r = 0; r < scores.Length; r++)
        {
            var row = rows[(r * width)..((r + 1) * width)];
            double Logit(IEnumerable<float> x) => model.Bias + x.Zip(model.Weights, (a, b) => (double)a * b).Sum();
            Assert.Equal(1 / (1 + Math.Exp(-Logit(row))), scores[r], 1e-5);
            model.Score(row, alone);
            Assert.Equal(scores[r], alone[0]);
            model.Explain(row, contributions);
            Assert.Equal(together[(r * width)..((r + 1) * width)], contributions);
            Assert.Equal(Logit(row) - Logit(model.Reference), contributions.Sum(c => (double)c), 1e-4);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Weights_for_another_number_of_features_are_refused() =>
        Assert.Throws<ModelFormatException>(() => new LinearModel("v", RandomNetworks.Schema(3), [1, 2], 0, [0, 0, 0]));
}
