using Guard.Core.Estimation.Detection;
using Guard.Core.Estimation.Thresholding;

namespace Guard.Core.Tests.Estimation.Detection;

public sealed class StreamDetectorTests
{
    [Fact]
    public void A_spike_raises_one_alert_that_says_when_what_was_expected_and_what_came()
    {
        var values = Streams.Noise(2000, 1);
        Array.Fill(values, 130, 1500, 4);
        var detector = new StreamDetector();

        var readings = Streams.Run(detector, values);

        Assert.Equal(AlertPhase.Started, readings[1500].Alert);
        Assert.Equal(ThresholdDecision.Anomaly, readings[1500].Decision);
        Assert.Equal(0, readings.Skip(1501).Take(200).Count(reading => reading.Alert == AlertPhase.Started));
        var ended = Array.FindIndex(readings, 1500, reading => reading.Alert == AlertPhase.Ended);
        Assert.InRange(ended, 1504, 1600);
        var alert = AlertAt(values, 1500);
        Assert.Equal(Streams.Time(1500), alert.Start);
        Assert.InRange(alert.Peak, Streams.Time(1500), Streams.Time(1503));
        Assert.InRange(alert.Expected, 95, 125);
        Assert.Equal(130, alert.Observed);
        Assert.InRange(alert.Score, 0.6, 1);
        Assert.Equal([new Contribution(0, 1)], alert.Contributions);
    }

    [Fact]
    public void Quiet_noise_raises_few_alerts()
    {
        var started = Enumerable.Range(0, 10).Sum(seed => Streams.Run(new StreamDetector(), Streams.Noise(5000, seed)).Count(reading => reading.Alert == AlertPhase.Started));

        Assert.InRange(started, 0, 50);
    }

    [Fact]
    public void A_constant_series_scores_its_first_departure()
    {
        var values = Enumerable.Repeat(7.0, 1000).ToArray();
        values[800] = 7.5;

        var readings = Streams.Run(new StreamDetector(), values);

        Assert.All(readings.Take(800), reading => Assert.Equal(0, reading.AnomalyScore));
        Assert.All(readings.Take(800), reading => Assert.Equal(7, reading.Forecast.Expected));
        Assert.Equal(AlertPhase.Started, readings[800].Alert);
    }

    [Fact]
    public void The_first_rows_are_learned_and_not_scored()
    {
        var readings = Streams.Run(new StreamDetector(), Streams.Noise(100, 2));

        Assert.All(readings.Take(StreamDetector.WarmUp), reading => Assert.Equal((ReadingState.WarmingUp, 0.0), (reading.State, reading.AnomalyScore)));
        Assert.All(readings.Skip(StreamDetector.WarmUp), reading => Assert.Equal(ReadingState.Scored, reading.State));
    }

    [Fact]
    public void The_rhythm_of_the_day_is_learned_so_that_noon_at_midnight_is_an_anomaly()
    {
        var values = Streams.Daily(288 * 14, 3);
        var midnight = Enumerable.Range(288 * 12, 288).First(row => Streams.Time(row) % 86_400_000 == 0);
        Array.Fill(values, 150, midnight, 6);

        var readings = Streams.Run(new StreamDetector(), values);

        Assert.Contains(readings.Skip(midnight).Take(3), reading => reading.Alert == AlertPhase.Started);
        var errors = Enumerable.Range(288 * 7, 288 * 4).Average(row => Math.Abs(values[row] - readings[row].Forecast.Expected));
        Assert.InRange(errors, 2, 4.5);
    }

    [Fact]
    public void A_spike_that_returns_every_day_soon_raises_few_alerts()
    {
        var values = Streams.Noise(288 * 20, 4);
        for (var row = 100; row < values.Length; row += 288)
        {
            values[row] = 140;
        }

        var readings = Streams.Run(new StreamDetector(), values);

        var spikes = readings.Where((_, row) => row >= 288 * 5 && row % 288 == 100).ToList();
        Assert.Equal(15, spikes.Count);
        Assert.InRange(spikes.Count(reading => reading.Alert == AlertPhase.Started), 0, 4);
        Assert.Equal(AlertPhase.Started, readings[100].Alert);
    }

    [Fact]
    public void An_anomaly_does_not_teach_the_forecast_to_expect_it()
    {
        var values = Streams.Noise(2000, 5);
        Array.Fill(values, 1100, 1500, 20);

        var readings = Streams.Run(new StreamDetector(), values);

        Assert.InRange(readings.Skip(1560).Take(200).Average(reading => reading.Forecast.Expected), 98, 103);
        Assert.Equal(0, readings.Count(reading => reading.ChangedSince is not null));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(1e6)]
    [InlineData(-50)]
    public void A_new_level_becomes_the_normal_after_the_stated_rows(double shift)
    {
        var values = Streams.Noise(3000, 6);
        for (var row = 1500; row < values.Length; row++)
        {
            values[row] += shift;
        }

        var readings = Streams.Run(new StreamDetector(), values);

        var accepted = Array.FindIndex(readings, reading => reading.ChangedSince is not null);
        Assert.InRange(accepted, 1500, 1500 + 150);
        Assert.Equal(Streams.Time(1500), readings[accepted].ChangedSince);
        Assert.All(readings.Skip(accepted + 50), reading => Assert.InRange(reading.Forecast.Expected, 90 + shift, 110 + shift));
    }

    [Fact]
    public void Counts_are_never_expected_below_zero_and_rates_never_outside_their_range()
    {
        var random = new Random(7);
        var counts = Enumerable.Range(0, 3000).Select(_ => (double)random.Next(0, 3)).ToArray();
        var rates = Enumerable.Range(0, 3000).Select(_ => Math.Min(1, 0.95 + (0.1 * random.NextDouble()))).ToArray();

        Assert.All(Streams.Run(new StreamDetector(), counts), reading => Assert.True(reading.Forecast.Lower >= 0 && reading.Forecast.Expected >= 0));
        Assert.All(Streams.Run(new StreamDetector(), rates), reading => Assert.True(reading.Forecast is { Lower: >= 0, Upper: <= 1 }));
    }

    [Fact]
    public void The_interval_is_never_much_wider_than_what_was_seen()
    {
        var values = Streams.Daily(3000, 5);
        var range = values.Max() - values.Min();

        Assert.All(Streams.Run(new StreamDetector(), values), reading => Assert.InRange(reading.Forecast.Upper - reading.Forecast.Lower, 0, 2 * range));
    }

    [Fact]
    public void The_interval_leaves_out_about_the_stated_share()
    {
        var values = Streams.Noise(20_000, 8);

        var readings = Streams.Run(new StreamDetector(), values);

        var outside = readings.Select((reading, row) => values[row] < reading.Forecast.Lower || values[row] > reading.Forecast.Upper).Skip(2000).Average(one => one ? 1.0 : 0);
        Assert.InRange(outside, 0.01, 0.04);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_score_is_a_tail_probability_whatever_the_distribution(int kind)
    {
        var random = new Random(9);
        double[] values = [.. Enumerable.Range(0, 30_000).Select(_ => kind switch
        {
            0 => Streams.Normal(random),
            1 => Math.Pow(1 - random.NextDouble(), -1 / 1.5),
            _ => random.NextDouble() < 0.1 ? random.Next(1, 5) : 0,
        })];

        var scores = Streams.Run(new StreamDetector(), values).Skip(5000).Select(reading => reading.Score).ToList();

        Assert.InRange(scores.Average(score => score >= 1 ? 1.0 : 0), 0.08, 0.2);
        Assert.InRange(scores.Average(score => score >= 2 ? 1.0 : 0), 0.004, 0.02);
        Assert.InRange(scores.Average(score => score >= 3 ? 1.0 : 0), kind == 2 ? 0 : 0.0001, 0.004);
    }

    [Fact]
    public void The_dimension_that_went_astray_is_named_first()
    {
        var random = new Random(10);
        var detector = new StreamDetector(6);
        Alert? alert = null;
        for (var row = 0; row < 1501; row++)
        {
            double[] values = [.. Enumerable.Range(0, 6).Select(i => (10 * i) + Streams.Normal(random))];
            if (row == 1500)
            {
                values[4] += 40;
            }

            var reading = detector.Update(Streams.Time(row), values);
            alert = reading.Alert == AlertPhase.Started ? detector.LatestAlert : alert;
        }

        Assert.NotNull(alert);
        Assert.Equal(Streams.Time(1500), alert.Start);
        Assert.Equal(4, alert.Contributions[0].Dimension);
        Assert.InRange(alert.Contributions[0].Share, 0.5, 1);
        Assert.InRange(alert.Expected, 35, 45);
    }

    [Fact]
    public void Scoring_without_learning_gives_the_score_that_learning_gives()
    {
        var values = Streams.Noise(1000, 11);
        values[700] = 120;
        var detector = new StreamDetector();
        for (var row = 0; row < values.Length; row++)
        {
            var before = detector.Save();
            var score = detector.ScoreOne(Streams.Time(row), [values[row]]);
            Assert.Equal(before, detector.Save());
            Assert.Equal(detector.Update(Streams.Time(row), [values[row]]).Score, score);
        }
    }

    [Fact]
    public void After_a_long_gap_the_rhythm_takes_over_from_the_last_value()
    {
        var values = Streams.Daily(288 * 10, 12);
        var detector = new StreamDetector();
        Streams.Run(detector, values);
        var row = values.Length + 144;

        var expected = detector.Forecast(Streams.Time(row)).Expected;

        Assert.InRange(expected, Streams.Daily(row + 1, 12)[row] - 25, Streams.Daily(row + 1, 12)[row] + 25);
    }

    private static Alert AlertAt(double[] values, int row)
    {
        var detector = new StreamDetector();
        Streams.Run(detector, values[..(row + 40)]);
        return detector.LatestAlert!;
    }
}
