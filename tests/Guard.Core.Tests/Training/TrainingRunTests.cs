using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Scoring;
using Guard.Core.Training;

namespace Guard.Core.Tests.Training;

public class TrainingRunTests
{
    [Fact]
    public void Clicks_and_purchases_become_models_that_read_back_and_reproduce()
    {
        var (table, truth) = SyntheticClicks.Checkered(6_000, 4, seed: 1);
        Purchase[] purchases = [.. Enumerable.Range(0, table.Count).Where(row => truth[row] == WeakLabel.Human)
            .Select(row => new Purchase(table.Facts[row].Time + 60_000, table.Facts[row].Click, 0, (ulong)row, 1_000_000))];
        var options = new TrainingRunOptions
        {
            VelocityFeatures = ["f0"],
            Labels = new WeakLabelOptions { Maturity = TimeSpan.FromDays(1), HighRfm = 16 },
            Network = new NetworkTrainerOptions { BatchSize = 256, MaxEpochs = 8, LearningRate = 5e-3 },
        };
        var asOf = SyntheticClicks.Start + 7 * SyntheticClicks.Day;
        var run = TrainingRun.Run(table, purchases, asOf, options, cancellationToken: TestContext.Current.CancellationToken);
        foreach (var artifact in (ModelArtifact[])[run.Network, run.Logistic, run.Velocity])
        {
            var card = ModelArtifact.Read(artifact.Files, table.Schema).Card;
            Assert.Equal((table.Count, run.Labels.Human, run.Labels.Excluded), (card.Clicks, card.Human, card.Excluded));
            Assert.True(card.Excluded > 0);
            Assert.Equal(6, card.Metrics.Length);
        }

        Assert.True(Auc("Network").Lower > Auc("Logistic").Upper);
        Assert.Equal(3, new[] { run.Network.Version, run.Logistic.Version, run.Velocity.Version }.Distinct().Count());
        var again = TrainingRun.Run(table, purchases, asOf, options with { Network = options.Network with { Threads = 1 } }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(run.Network.Version, again.Network.Version);
        Assert.Equal(run.Logistic.Version, again.Logistic.Version);

        Estimate Auc(string model) => run.Network.Card.Metrics.Single(m => m.Model == model && m.Split == "validation").Auc;
    }

    [Theory]
    [InlineData(13, new[] { "day.of.week" })]
    [InlineData(15, new string[0])]
    public void A_calendar_feature_is_held_at_its_mean_until_its_cycle_came_round_twice(int days, string[] unused)
    {
        var (plain, truth) = SyntheticClicks.Checkered(3_000, 2, seed: 2);
        var features = plain.Schema.Features.Add(new Feature("day.of.week", "1", -1, 1, "day of the week") { Cycle = TimeSpan.FromDays(7) });
        var table = new FeatureTable(new FeatureSchema("test", 1, features));
        for (var row = 0; row < plain.Count; row++)
        {
            var time = SyntheticClicks.Start + days * SyntheticClicks.Day * row / (plain.Count - 1);
            table.Append(plain.Facts[row] with { Time = time }, [.. plain.Row(row), (float)Math.Sin(2 * Math.PI * time / (7.0 * SyntheticClicks.Day))]);
        }

        Purchase[] purchases = [.. Enumerable.Range(0, table.Count).Where(row => truth[row] == WeakLabel.Human)
            .Select(row => new Purchase(table.Facts[row].Time, table.Facts[row].Click, 0, (ulong)row, 1_000_000))];
        var options = new TrainingRunOptions
        {
            VelocityFeatures = ["f0"],
            Labels = new WeakLabelOptions { Maturity = TimeSpan.Zero, HighRfm = 16 },
            Network = new NetworkTrainerOptions { MaxEpochs = 2 },
        };
        var run = TrainingRun.Run(table, purchases, SyntheticClicks.Start + 40 * SyntheticClicks.Day, options, cancellationToken: TestContext.Current.CancellationToken);
        foreach (var artifact in (ModelArtifact[])[run.Network, run.Logistic])
        {
            Assert.Equal(unused, ModelArtifact.Read(artifact.Files, table.Schema).Card.UnusedFeatures);
            Assert.Equal(unused.Length > 0, Scores(artifact, 0.9f).SequenceEqual(Scores(artifact, -0.9f)));
        }

        float[] Scores(ModelArtifact artifact, float day)
        {
            var scores = new float[1];
            artifact.Scorer.Score([1, 1, day], scores);
            return scores;
        }
    }
}
