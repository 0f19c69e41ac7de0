using FsCheck;
using FsCheck.Fluent;

namespace Guard.Pictures.Tests;

public sealed class ScaleTests
{
    [Fact]
    public void The_ends_of_the_data_are_the_ends_of_the_axis()
    {
        var scale = new Scale(new Axis("clicks"), [3, double.NaN, 7, double.PositiveInfinity, 5]);

        Assert.Equal(0, scale.Map(3));
        Assert.Equal(.5, scale.Map(5));
        Assert.Equal(1, scale.Map(7));
    }

    [Fact]
    public void Ticks_lie_on_the_axis_at_even_distances_and_are_neither_few_nor_many() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<NormalFloat>(),
            ArbMap.Default.ArbFor<NormalFloat>(),
            (first, second) =>
            {
                var (a, b) = (Math.Clamp(first.Get, -1e12, 1e12), Math.Clamp(second.Get, -1e12, 1e12));
                if (Math.Abs(a - b) <= 1e-6 * (Math.Abs(a) + Math.Abs(b)))
                {
                    return true;
                }

                var scale = new Scale(new Axis("x"), [a, b]);
                var ticks = scale.Ticks(5);
                var steps = ticks.Zip(ticks.Skip(1), (left, right) => right.Value - left.Value).ToList();
                return ticks.Count is >= 2 and <= 7
                    && ticks.All(tick => scale.Map(tick.Value) is >= -1e-6 and <= 1 + 1e-6)
                    && steps.TrueForAll(step => Math.Abs(step - steps[0]) <= 1e-6 * Math.Abs(steps[0]));
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_logarithmic_axis_gives_each_decade_the_same_room_and_shows_nothing_that_is_not_positive()
    {
        var scale = new Scale(new Axis("users", AxisKind.Logarithm), [0, -5, 1e4, 1e7]);

        Assert.Equal(1 / 3.0, scale.Map(1e5), 12);
        Assert.Equal(2 / 3.0, scale.Map(1e6), 12);
        Assert.True(double.IsNaN(scale.Map(0)));
        Assert.Equal(["10k", "100k", "1M", "10M"], scale.Ticks(5).Select(tick => tick.Label));
    }

    [Fact]
    public void A_time_axis_has_its_ticks_at_round_hours_and_days_in_UTC()
    {
        var start = new DateTimeOffset(2026, 1, 1, 5, 17, 0, TimeSpan.Zero);
        var scale = new Scale(new Axis("time", AxisKind.Time), [start.ToUnixTimeMilliseconds(), start.AddDays(3).ToUnixTimeMilliseconds()]);

        Assert.Equal(["Jan 1 12:00", "Jan 2 00:00", "Jan 2 12:00", "Jan 3 00:00", "Jan 3 12:00", "Jan 4 00:00"], scale.Ticks(7).Select(tick => tick.Label));
    }

    [Theory]
    [InlineData(AxisKind.Number)]
    [InlineData(AxisKind.Share)]
    [InlineData(AxisKind.Logarithm)]
    public void Without_data_or_with_equal_data_there_is_still_an_axis(AxisKind kind)
    {
        Assert.True(new Scale(new Axis("x", kind), []) is { } empty && empty.Minimum < empty.Maximum);
        Assert.InRange(new Scale(new Axis("x", kind), [4, 4]).Map(4), .2, .8);
    }

    [Theory]
    [InlineData(AxisKind.Number, 1234567, "1.23M")]
    [InlineData(AxisKind.Number, 0.25, "0.25")]
    [InlineData(AxisKind.Share, 0.25, "25 %")]
    public void Values_are_written_in_the_axis_own_form(AxisKind kind, double value, string expected) =>
        Assert.Equal(expected, new Scale(new Axis("x", kind), [0, value * 2]).Write(value));

    [Theory]
    [InlineData(123_451, 123_459)]
    [InlineData(.00125, .00225)]
    [InlineData(5e9, 5e9 + 30)]
    [InlineData(0, 7.9e-15)]
    [InlineData(0, 1)]
    public void No_two_ticks_are_written_alike(double least, double greatest)
    {
        var labels = new Scale(new Axis("bytes"), [least, greatest]).Ticks(5).Select(tick => tick.Label).ToArray();

        Assert.InRange(labels.Length, 3, 7);
        Assert.Equal(labels.Distinct(StringComparer.Ordinal), labels);
    }

    [Fact]
    public void An_axis_that_begins_at_zero_does_so_over_zeros_too() =>
        Assert.Equal(0, new Scale(new Axis("clicks", AxisKind.Number, 0), [0, 0]).Minimum);
}
