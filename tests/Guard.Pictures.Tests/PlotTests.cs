namespace Guard.Pictures.Tests;

public sealed class PlotTests
{
    private static Plot Plane(double maximum) =>
        new(new Scale(new Axis("x", Minimum: 0, Maximum: maximum), []), new Scale(new Axis("y", Minimum: 0, Maximum: 1), []), 300);

    [Fact]
    public void A_value_that_is_not_finite_is_a_gap_in_the_line()
    {
        var path = Plane(4).Line([0, 1, 2, 3, 4], [0, 1, double.NaN, 1, 0]);

        Assert.Equal(2, path.Count(command => command == 'M'));
        Assert.DoesNotContain("NaN", path, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_series_stays_small_and_keeps_its_extremes()
    {
        var x = Enumerable.Range(0, 200_000).Select(index => (double)index).ToArray();
        var y = x.Select(value => value == 123_456 ? 1.0 : .5).ToArray();
        var plot = Plane(200_000);

        var path = plot.Line(x, y);

        Assert.True(path.Length < 60_000, $"The path has {path.Length} characters.");
        Assert.Contains(Plot.Pixel(plot.AtY(1)), path, StringComparison.Ordinal);
    }

    [Fact]
    public void A_band_is_closed_around_every_stretch_of_finite_edges()
    {
        var path = Plane(5).Band([0, 1, 2, 3, 4, 5], [0, 0, double.NaN, 0, 0, 0], [1, 1, 1, 1, 1, 1]);

        Assert.Equal(2, path.Count(command => command == 'Z'));
    }
}
