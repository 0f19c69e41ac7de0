using Guard.Core.Clicks;
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
}
