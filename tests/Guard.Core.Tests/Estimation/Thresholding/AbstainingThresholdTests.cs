using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Estimation.Thresholding;
using MathNet.Numerics.Distributions;

namespace Guard.Core.Tests.Estimation.Thresholding;

public class AbstainingThresholdTests
{
    private const double TrueQuantile = 2.3263478740408408;

    [Fact]
    public void Independent_scores_are_never_judged_wrongly_and_seldom_abstained_on()
    {
        var mistakes = 0;
        var abstentions = 0;
        for (var run = 0; run < 40; run++)
        {
            var random = new Random(run);
            var threshold = new AbstainingThreshold();
            for (var i = 0; i < 5000; i++)
            {
                var score = Normal.Sample(random, 0, 1);
                var decision = threshold.Update(score).Decision;
                mistakes += IsMistake(decision, score > TrueQuantile) ? 1 : 0;
                abstentions += decision == ThresholdDecision.Abstain ? 1 : 0;
            }

            Assert.Equal(0, threshold.Restarts);
        }

        Assert.Equal(0, mistakes);
        Assert.InRange(abstentions / (40 * 5000.0), 0.005, 0.035);
    }

    [Fact]
    public void A_stationary_stream_suffers_a_mistake_or_a_restart_with_probability_at_most_alpha()
    {
        const double Alpha = 0.3;
        const int Runs = 300;
        var options = new AbstainingThresholdOptions { Quantile = 0.9, Alpha = Alpha };
        var suffered = 0;
        for (var run = 0; run < Runs; run++)
        {
            var random = new Random(run);
            var threshold = new AbstainingThreshold(options);
            for (var i = 0; i < 2000; i++)
            {
                var score = random.NextDouble();
                var reading = threshold.Update(score);
                if (reading.Change > 0 || IsMistake(reading.Decision, score > 0.9))
                {
                    suffered++;
                    break;
                }
            }
        }

        Assert.InRange(suffered / (double)Runs, 0.001, Alpha);
    }

    [Fact]
    public void Anomalies_are_called_once_the_set_has_an_upper_end()
    {
        var random = new Random(5);
        var threshold = new AbstainingThreshold();
        for (var i = 0; i < 5000; i++)
        {
            threshold.Update(Normal.Sample(random, 0, 1));
        }

        Assert.Equal(ThresholdDecision.Anomaly, threshold.Decide(10).Decision);
        Assert.Equal(ThresholdDecision.Benign, threshold.Decide(0).Decision);
        Assert.Equal(ThresholdDecision.Abstain, threshold.Decide(TrueQuantile).Decision);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-1.0)]
    [InlineData(5.0)]
    public void A_shift_restarts_the_threshold_and_costs_few_mistakes(double shift)
    {
        var mistakes = 0;
        for (var run = 0; run < 20; run++)
        {
            var random = new Random(run);
            var threshold = new AbstainingThreshold();
            for (var i = 0; i < 6000; i++)
            {
                var mean = i < 3000 ? 0 : shift;
                var score = Normal.Sample(random, mean, 1);
                mistakes += IsMistake(threshold.Update(score).Decision, score - mean > TrueQuantile) ? 1 : 0;
            }

            Assert.Equal(1, threshold.Restarts);
        }

        // Published for one thousand streams with shifts: 5.2 mistakes a stream.
        Assert.InRange(mistakes / 20.0, 0, 2);
    }

    [Fact]
    public void The_declared_change_lies_about_as_far_back_as_it_says()
    {
        var random = new Random(8);
        var threshold = new AbstainingThreshold();
        for (var i = 0; i < 3000; i++)
        {
            threshold.Update(Normal.Sample(random, 0, 1));
        }

        var late = 0;
        var change = 0;
        while (change == 0 && late < 200)
        {
            late++;
            change = threshold.Update(Normal.Sample(random, 3, 1)).Change;
        }

        Assert.InRange(late, 3, 30);
        Assert.InRange(change, 2, 4 * late);
    }

    [Fact]
    public void Related_offline_scores_reduce_abstentions()
    {
        var cold = 0;
        var warm = 0;
        for (var run = 0; run < 20; run++)
        {
            var random = new Random(run);
            var offline = new double[1000];
            Normal.Samples(random, offline, 0, 1);
            var a = new AbstainingThreshold();
            var b = new AbstainingThreshold(null, [new OfflineScores("before", offline)]);
            for (var i = 0; i < 2000; i++)
            {
                var score = Normal.Sample(random, 0, 1);
                cold += a.Update(score).Decision == ThresholdDecision.Abstain ? 1 : 0;
                warm += b.Update(score).Decision == ThresholdDecision.Abstain ? 1 : 0;
            }
        }

        Assert.InRange(warm, 1, (int)(0.75 * cold));
    }

    [Fact]
    public void An_unrelated_offline_set_is_left_out_and_a_related_one_chosen()
    {
        var random = new Random(3);
        var related = new double[1000];
        var unrelated = new double[1000];
        Normal.Samples(random, related, 0, 1);
        Normal.Samples(random, unrelated, 3, 1);
        var threshold = new AbstainingThreshold(null, [new OfflineScores("unrelated", unrelated), new OfflineScores("related", related)]);
        for (var i = 0; i < 100; i++)
        {
            threshold.Update(Normal.Sample(random, 0, 1));
        }

        Assert.Equal(1, threshold.Decide(0).OfflineSet);
    }

    [Fact]
    public void A_constant_stream_becomes_benign()
    {
        var threshold = new AbstainingThreshold();
        for (var i = 0; i < 3000; i++)
        {
            threshold.Update(7);
        }

        Assert.Equal(ThresholdDecision.Benign, threshold.Decide(7).Decision);
        Assert.Equal(ThresholdDecision.Anomaly, threshold.Decide(7.1).Decision);
        Assert.Equal(0, threshold.Restarts);
    }

    [Fact]
    public void Stored_values_never_exceed_the_capacity()
    {
        var random = new Random(2);
        var threshold = new AbstainingThreshold(new AbstainingThresholdOptions { Capacity = 16 });
        for (var i = 0; i < 50_000; i++)
        {
            threshold.Update(Normal.Sample(random, 0, 1));
            Assert.InRange(threshold.Stored, 0, 4 * 16);
        }

        Assert.InRange(threshold.RankError, 1, 500);
    }

    [Fact]
    public void A_saved_threshold_goes_on_identically()
    {
        Prop.ForAll(
            Gen.Choose(0, 3000).Zip(Gen.Choose(0, 1000)).ToArbitrary(),
            pair =>
            {
                var random = new Random(pair.Item2);
                var offline = new double[200];
                Normal.Samples(random, offline, 0, 1);
                OfflineScores[] sets = [new OfflineScores("before", offline)];
                var options = new AbstainingThresholdOptions { Capacity = 24 };
                var one = new AbstainingThreshold(options, sets);
                for (var i = 0; i < pair.Item1; i++)
                {
                    one.Update(Normal.Sample(random, i > 1500 ? 1 : 0, 1));
                }

                var two = AbstainingThreshold.Restore(one.Save(), options, sets);
                Assert.Equal(one.Save(), two.Save());
                for (var i = 0; i < 300; i++)
                {
                    var score = Normal.Sample(random, 0.5, 1);
                    Assert.Equal(one.Update(score), two.Update(score));
                }

                Assert.Equal(one.Save(), two.Save());
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Bad_scores_settings_and_bytes_are_refused_with_a_reason()
    {
        var threshold = new AbstainingThreshold();
        Assert.Throws<ArgumentException>(() => threshold.Update(double.NaN));
        Assert.Equal(0, threshold.Count);
        Assert.Contains("quantile", Assert.Throws<ArgumentException>(() => new AbstainingThreshold(new AbstainingThresholdOptions { Quantile = 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("capacity", Assert.Throws<ArgumentException>(() => new AbstainingThreshold(new AbstainingThresholdOptions { Capacity = 1 })).Message, StringComparison.Ordinal);
        var state = threshold.Save();
        Assert.Throws<InvalidDataException>(() => AbstainingThreshold.Restore(state.AsSpan(0, state.Length - 1)));
        Assert.Throws<InvalidDataException>(() => AbstainingThreshold.Restore(state, new AbstainingThresholdOptions { Quantile = 0.9 }));
        state[4]++;
        Assert.Throws<InvalidDataException>(() => AbstainingThreshold.Restore(state));
    }

    [Fact]
    public void Infinite_and_enormous_scores_are_only_high_or_low()
    {
        var random = new Random(1);
        var threshold = new AbstainingThreshold();
        for (var i = 0; i < 4000; i++)
        {
            threshold.Update(i % 500 == 499 ? (i % 1000 == 999 ? double.PositiveInfinity : 1e308) : Normal.Sample(random, 0, 1));
        }

        var reading = threshold.Decide(0);
        Assert.Equal(ThresholdDecision.Benign, reading.Decision);
        Assert.InRange(reading.Upper, TrueQuantile, 10);
    }

    private static bool IsMistake(ThresholdDecision decision, bool anomalous) =>
        decision == (anomalous ? ThresholdDecision.Benign : ThresholdDecision.Anomaly);
}
