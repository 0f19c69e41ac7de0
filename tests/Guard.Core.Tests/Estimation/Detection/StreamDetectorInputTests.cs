using Guard.Core.Estimation.Detection;

namespace Guard.Core.Tests.Estimation.Detection;

public sealed class StreamDetectorInputTests
{
    [Theory]
    [InlineData(double.NaN, ReadingState.Missing)]
    [InlineData(double.PositiveInfinity, ReadingState.Invalid)]
    [InlineData(double.NegativeInfinity, ReadingState.Invalid)]
    [InlineData(1e308, ReadingState.Invalid)]
    [InlineData(-1e308, ReadingState.Invalid)]
    public void A_value_that_cannot_be_learned_marks_its_reading_and_changes_nothing(double value, ReadingState state)
    {
        var (one, other) = (new StreamDetector(), new StreamDetector());
        var values = Streams.Noise(600, 1);
        Streams.Run(one, values[..300]);
        Streams.Run(other, values[..300]);

        var reading = one.Update(Streams.Time(299), [value]);

        Assert.Equal((state, 0.0, 0.0), (reading.State, reading.Score, reading.AnomalyScore));
        Assert.Equal(Streams.Run(other, values[300..], 300), Streams.Run(one, values[300..], 300));
    }

    [Fact]
    public void A_row_from_the_past_marks_its_reading_and_changes_nothing()
    {
        var detector = new StreamDetector();
        Streams.Run(detector, Streams.Noise(300, 2));
        var before = detector.Save();

        var reading = detector.Update(Streams.Time(100), [100.0]);

        Assert.Equal(ReadingState.OutOfOrder, reading.State);
        Assert.Equal(before, detector.Save());
    }

    [Fact]
    public void A_row_of_another_dimension_is_refused_and_changes_nothing()
    {
        var detector = new StreamDetector(2);
        detector.Update(Streams.Time(0), [1.0, 2.0]);
        var before = detector.Save();

        var thrown = Assert.Throws<ArgumentException>(() => detector.Update(Streams.Time(1), [1.0, 2.0, 3.0]));

        Assert.Contains("3 values where the estimator takes 2", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(before, detector.Save());
    }

    [Fact]
    public void A_partly_missing_row_is_scored_by_the_values_that_came()
    {
        var random = new Random(3);
        var detector = new StreamDetector(2);
        for (var row = 0; row < 1000; row++)
        {
            detector.Update(Streams.Time(row), [Streams.Normal(random), Streams.Normal(random)]);
        }

        var reading = detector.Update(Streams.Time(1000), [double.NaN, 50]);

        Assert.Equal((ReadingState.Partial, 1, AlertPhase.Started), (reading.State, reading.Leading, reading.Alert));
    }

    [Fact]
    public void Values_at_the_edge_of_what_is_learned_leave_every_number_finite()
    {
        double[] values = [0, 1e30, -1e30, 1e-30, 5, 1e30, 0, 0, -1e30, 7];
        var detector = new StreamDetector();
        for (var row = 0; row < 2000; row++)
        {
            var reading = detector.Update(Streams.Time(row), [values[row * 7 % values.Length]]);
            Assert.True(double.IsFinite(reading.Score) && double.IsFinite(reading.AnomalyScore), $"row {row}: {reading}");
            Assert.True(double.IsFinite(reading.Forecast.Expected + reading.Forecast.Lower + reading.Forecast.Upper), $"row {row}: {reading}");
        }
    }

    [Fact]
    public void Times_at_the_ends_of_the_calendar_are_taken()
    {
        var detector = new StreamDetector();
        detector.Update(DateTimeOffset.MinValue, [1.0]);
        detector.Update(DateTimeOffset.UnixEpoch.AddTicks(-1), [1.0]);
        var reading = detector.Update(DateTimeOffset.MaxValue, [1.0]);

        Assert.Equal(ReadingState.WarmingUp, reading.State);
    }

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Assert.Contains("AlertAt is 2", Message(new StreamDetectorOptions { AlertAt = 2 }), StringComparison.Ordinal);
        Assert.Contains("QuietRows is 0", Message(new StreamDetectorOptions { QuietRows = 0 }), StringComparison.Ordinal);
        Assert.Contains("AcceptAfter is 1", Message(new StreamDetectorOptions { AcceptAfter = 1 }), StringComparison.Ordinal);
        Assert.Contains("IntervalMiss is NaN", Message(new StreamDetectorOptions { IntervalMiss = double.NaN }), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new StreamDetector(0));
    }

    private static string Message(StreamDetectorOptions options) => Assert.Throws<ArgumentException>(() => new StreamDetector(1, options)).Message;
}
