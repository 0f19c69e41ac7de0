using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Components;

namespace Guard.Pictures.Tests;

public sealed class PageChartTests
{
    private static async Task<XElement> RenderAsync<TComponent>(params (string Name, object? Value)[] parameters)
        where TComponent : IComponent =>
        XElement.Parse(await PictureRenderer.RenderAsync<TComponent>(parameters.ToDictionary(item => item.Name, item => item.Value, StringComparer.Ordinal)));

    private static IEnumerable<XElement> All(XElement root, string name, string style = "") => root.DescendantsAndSelf()
        .Where(element => element.Name.LocalName == name && ((string?)element.Attribute("class") ?? "").Split(' ').Contains(style));

    private static double Number(XElement element, string attribute) => double.Parse((string)element.Attribute(attribute)!, CultureInfo.InvariantCulture);

    private static (string, object?)[] Line(params double[] y) =>
    [
        ("Title", "t"), ("X", new Axis("x")), ("Y", new Axis("y", AxisKind.Number, 0)), ("Lines", new[] { new Series("value", [.. Enumerable.Range(0, y.Length).Select(x => (double)x)], y) }),
    ];

    [Fact]
    public async Task A_line_chart_is_as_wide_as_it_is_asked_to_be()
    {
        var figure = await RenderAsync<LineChart>([.. Line(1, 2), ("Width", 400.0), ("Height", 200.0)]);
        var grid = figure.Descendants().First(element => (string?)element.Attribute("class") == "grid").Elements().First();

        Assert.Contains(figure.Descendants(), element => (string?)element.Attribute("viewBox") == "0 0 400 200");
        Assert.Equal(400 - Plot.RightMargin, Number(grid, "x2"));
    }

    [Fact]
    public async Task A_zone_shades_its_stretch_and_is_cut_off_where_the_axis_ends()
    {
        var figure = await RenderAsync<LineChart>([.. Line(1, 2, 3), ("Zones", new[] { new Zone(1, 9, "alert"), new Zone(20, 30, "beyond") })]);
        var zone = Assert.Single(All(figure, "rect", "zone"));

        Assert.Equal(Plot.UsualWidth - Plot.RightMargin, Number(zone, "x") + Number(zone, "width"), .11);
        Assert.Equal("alert", zone.Value);
    }

    [Fact]
    public async Task A_bound_is_in_view_although_no_value_reaches_it()
    {
        var figure = await RenderAsync<LineChart>([.. Line(1, 2), ("Bounds", new[] { new Bound(10, "limit") })]);
        var bound = Assert.Single(All(figure, "line", "mark"));

        Assert.Equal(Plot.Top, Number(bound, "y1"), .11);
        Assert.Contains(All(figure, "text", "label"), text => text.Value == "limit");
    }

    [Fact]
    public async Task Tips_tell_the_values_under_a_pointer_and_cover_the_plane()
    {
        var figure = await RenderAsync<LineChart>([.. Line(1, double.NaN, 3), ("Tips", true)]);
        var tips = All(figure, "rect", "tip").ToList();

        Assert.Equal(["0\nvalue: 1", "1", "2\nvalue: 3"], tips.Select(tip => tip.Value));
        Assert.Equal(Plot.UsualWidth - Plot.RightMargin - Plot.Left, tips.Sum(tip => Number(tip, "width")), .5);
    }

    [Fact]
    public async Task A_stack_tells_its_parts_and_not_its_heights()
    {
        var stacked = new Series("invalid", [0, 1], [12, 15]) { Told = [2, 5] };
        var figure = await RenderAsync<LineChart>(("Title", "t"), ("X", new Axis("x")), ("Y", new Axis("y")), ("Lines", new[] { stacked }), ("Tips", true));

        Assert.Contains("invalid: 5", All(figure, "rect", "tip").Last().Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_values_share_columns_so_that_a_page_stays_small()
    {
        var figure = await RenderAsync<LineChart>([.. Line([.. Enumerable.Range(0, 5000).Select(value => (double)value)]), ("Tips", true)]);
        var tips = All(figure, "rect", "tip").ToList();

        Assert.InRange(tips.Count, 100, 240);
        Assert.Contains("4,999", tips[^1].Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_between_gaps_is_a_point()
    {
        var figure = await RenderAsync<LineChart>(Line(1, 2, double.NaN, 3, double.NaN));

        Assert.Single(figure.Descendants(), element => element.Name.LocalName == "circle");
    }

    [Fact]
    public async Task A_sparkline_ends_at_its_newest_value_and_leaves_gaps_out()
    {
        var svg = await RenderAsync<Sparkline>(("Label", "rising"), ("Values", new[] { 1, double.NaN, 2, 5 }));
        var end = Assert.Single(svg.Descendants(), element => element.Name.LocalName == "circle");

        Assert.Equal("rising", (string?)svg.Attribute("aria-label"));
        Assert.Equal(117, Number(end, "cx"));
        Assert.Equal(3, Number(end, "cy"));
        Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sparkline_without_values_is_a_plain_line()
    {
        var svg = await RenderAsync<Sparkline>(("Label", "none"), ("Values", Array.Empty<double>()));

        Assert.Single(svg.Descendants(), element => element.Name.LocalName == "line");
    }

    [Fact]
    public async Task An_interval_keeps_its_order_and_stays_within_its_picture()
    {
        var svg = await RenderAsync<Interval>(("Value", .1), ("Lower", .05), ("Upper", 3.0), ("Maximum", .2), ("Limit", .15));
        var (bar, dot) = (All(svg, "rect", "bar").Single(), svg.Descendants().Single(element => element.Name.LocalName == "circle"));

        Assert.InRange(Number(dot, "cx"), Number(bar, "x"), Number(bar, "x") + Number(bar, "width"));
        Assert.InRange(Number(bar, "x") + Number(bar, "width"), 0, 96);
        Assert.Single(All(svg, "line", "limit"));
    }

    [Fact]
    public async Task An_interval_beyond_the_scale_says_that_it_goes_on()
    {
        var within = await RenderAsync<Interval>(("Value", .1), ("Lower", .05), ("Upper", .2), ("Maximum", .2));
        var beyond = await RenderAsync<Interval>(("Value", .5), ("Lower", .05), ("Upper", 1.0), ("Maximum", .2));

        Assert.DoesNotContain(within.Descendants(), element => element.Name.LocalName == "path");
        Assert.Contains(beyond.Descendants(), element => element.Name.LocalName == "path");
        Assert.DoesNotContain(beyond.Descendants(), element => element.Name.LocalName == "circle");
    }

    [Fact]
    public async Task Bars_that_lie_grow_to_both_sides_of_zero()
    {
        var figure = await RenderAsync<RowBars>(("Title", "t"), ("Bars", new[] { new RowBar("a", 2, "+2"), new RowBar("b", -1, "−1") }), ("Low", "human"), ("High", "robot"));
        var bars = All(figure, "rect", "bar").ToList();

        Assert.Equal(Number(bars[0], "x"), Number(bars[1], "x") + Number(bars[1], "width"), .11);
        Assert.Equal(2, Number(bars[0], "width") / Number(bars[1], "width"), .02);
    }

    [Fact]
    public async Task A_limit_stands_where_a_bar_of_its_length_ends()
    {
        var figure = await RenderAsync<RowBars>(("Title", "t"), ("Bars", new[] { new RowBar("a", 5, "5 ms"), new RowBar("b", .5, "500 µs") }), ("Limit", new Bound(5, "5 ms")), ("Logarithmic", true), ("Least", .05));
        var bars = All(figure, "rect", "bar").ToList();
        var limit = All(figure, "line", "mark").Single();

        Assert.Equal(Number(limit, "x1"), Number(bars[0], "x") + Number(bars[0], "width"), .21);
        Assert.Equal(.5, Number(bars[1], "width") / Number(bars[0], "width"), .01);
    }
}
