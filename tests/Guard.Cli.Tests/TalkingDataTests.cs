using Guard.Cli.Evaluate;
using Guard.Cli.Options;
using Guard.Core.Calibration;
using Guard.Core.Clicks;
using Guard.Core.Tests;
using Guard.Core.Training;

namespace Guard.Cli.Tests;

public sealed class TalkingDataTests
{
    /// <summary>100,000 real clicks of three days, of which 227 led to an installation: 115 to learn from and 53 to be tested on.</summary>
    [Fact]
    public async Task Real_clicks_of_three_days_are_told_apart_far_better_than_by_their_velocity()
    {
        var hash = new KeyedHash(HashingKey.FromBytes(new byte[HashingKey.Bytes]));
        using var input = TrafficInput.Open([SharedData.File("clicks/talkingdata_sample.csv")], InputFormat.TalkingData, hash, quarantine: null);
        var recording = await Recording.OfAsync(input, workers: 2, new Progress<double>(), TestContext.Current.CancellationToken);
        foreach (var seed in (int[])[1, 2])
        {
            var evaluation = Evaluate(recording, seed);
            var auc = evaluation.Contenders.ToDictionary(contender => contender.Name, contender => contender.Auc.Value);
            var found = string.Join(", ", auc.Select(pair => $"{pair.Key} {pair.Value:0.000}"));
            Assert.True(Math.Max(auc["network"], auc["logistic regression"]) >= 0.82, found);
            Assert.True(Math.Min(auc["network"], auc["logistic regression"]) >= 0.80, found);
            Assert.True(auc["click velocity"] < 0.65, found);

            // A user here is an address, a device and a system, behind which many people are: no click may be human by its user's score.
            Assert.Equal((115, 115), (evaluation.Training.Labels.Human, evaluation.Training.Labels.PurchasingClicks));
            Assert.Equal(["login", "label"], evaluation.Training.Weights.Balanced);
            Assert.Superset(
                new HashSet<string> { "time.day.sin", "time.day.cos", "time.week.sin", "time.week.cos" },
                evaluation.Training.Network.Card.UnusedFeatures.ToHashSet());
        }
    }

    private static Evaluation Evaluate(Recording recording, int seed)
    {
        var options = new BacktestOptions { Calibration = new CalibrationOptions { Budget = 0.1 } };
        var training = options.Training with
        {
            Labels = new WeakLabelOptions { Maturity = TimeSpan.Zero },
            Network = options.Training.Network with { Seed = seed, Threads = 2 },
        };
        return Backtest.Run(recording, options with { Training = training }, truth: null, new Progress<double>(), TestContext.Current.CancellationToken);
    }
}
