using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Estimation.Detection;

namespace Guard.Core.Tests.Estimation.Detection;

public sealed class StreamDetectorStateTests
{
    [Fact]
    public void A_restored_detector_goes_on_as_the_saved_one_would_have()
    {
        var streams = ArbMap.Default.ArbFor<int>().Generator.Two().ToArbitrary();

        Prop.ForAll(streams, pair =>
        {
            var random = new Random(pair.Item1);
            var detector = new StreamDetector(2);
            var restored = detector;
            var cut = Math.Abs(pair.Item2 % 700);
            var time = Streams.Time(0);
            for (var row = 0; row < 900; row++)
            {
                if (row == cut)
                {
                    restored = StreamDetector.Restore(detector.Save());
                }

                time += random.NextDouble() < 0.02 ? random.Next(0, 50_000_000) : Streams.Interval;
                double[] values = [Wild(random), Wild(random)];
                var reading = detector.Update(time, values);
                if (row >= cut && reading != restored.Update(time, values))
                {
                    return false;
                }
            }

            return detector.Save().AsSpan().SequenceEqual(restored.Save());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    [Fact]
    public void The_same_stream_gives_the_same_bytes()
    {
        var (one, other) = (new StreamDetector(), new StreamDetector());
        Streams.Run(one, Streams.Daily(2000, 1));
        Streams.Run(other, Streams.Daily(2000, 1));

        Assert.Equal(one.Save(), other.Save());
    }

    [Fact]
    public void A_state_of_another_version_or_shape_or_with_damage_is_refused()
    {
        var detector = new StreamDetector();
        Streams.Run(detector, Streams.Noise(100, 1));
        var state = detector.Save();

        Assert.Contains("version 9", Refusal(With(state, 4, 9)), StringComparison.Ordinal);
        Assert.Contains("not the saved state of a stream detector", Refusal(With(state, 0, 1)), StringComparison.Ordinal);
        Assert.Contains("checksum", Refusal(With(state, state.Length - 40, (byte)(state[^40] ^ 1))), StringComparison.Ordinal);
        Assert.Contains("too early", Refusal(state[..^1]), StringComparison.Ordinal);
        Assert.Contains("follow", Refusal([.. state, 0]), StringComparison.Ordinal);
        Assert.Contains("dimension", Refusal(With(state, 8, 0x7F)), StringComparison.Ordinal);
        Assert.Contains("rows that make a new normal", Refusal(state, new StreamDetectorOptions { AcceptAfter = 99 }), StringComparison.Ordinal);
        Assert.Contains("quantile", Refusal(state, new StreamDetectorOptions { Quantile = 0.9 }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_univariate_stream_takes_less_than_two_kilobytes()
    {
        _ = new StreamDetector();
        var kept = new StreamDetector[1000];
        var bytes = Allocation.Least(_ =>
        {
            for (var i = 0; i < kept.Length; i++)
            {
                kept[i] = new StreamDetector();
            }
        }) / kept.Length;
        Assert.InRange(bytes, 1, 2048);
        Assert.NotNull(kept[^1]);
    }

    [Fact]
    public void An_update_allocates_nothing()
    {
        var detector = new StreamDetector(3);
        var random = new Random(1);
        var values = new double[3];
        Feed(2000);
        Assert.Equal(0, Allocation.Least(_ => Feed(5000)));

        void Feed(int rows)
        {
            for (var row = 0; row < rows; row++)
            {
                values[0] = Wild(random);
                values[1] = Wild(random);
                values[2] = random.Next(0, 5);
                detector.Update(Streams.Time((int)detector.Rows + 1), values);
            }
        }
    }

    private static double Wild(Random random) => random.NextDouble() switch
    {
        < 0.01 => double.NaN,
        < 0.02 => double.PositiveInfinity,
        < 0.04 => 1e6 * random.NextDouble(),
        < 0.3 => 0,
        _ => Streams.Normal(random),
    };

    private static byte[] With(byte[] state, int at, byte value)
    {
        var changed = (byte[])state.Clone();
        changed[at] = value;
        return changed;
    }

    private static string Refusal(byte[] state, StreamDetectorOptions? options = null) =>
        Assert.Throws<InvalidDataException>(() => StreamDetector.Restore(state, options)).Message;
}
