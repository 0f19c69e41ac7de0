using System.Xml.Linq;
using Microsoft.AspNetCore.Components;

namespace Guard.Pictures.Tests;

public sealed class ChartTests
{
    private static readonly Series s_line = new("IVR & <co>", [0, 1, 2], [.1, .4, .2]) { Lower = [0, .3, .1], Upper = [.2, .5, .3] };

    private static async Task<XElement> RenderAsync<TComponent>(params (string Name, object? Value)[] parameters)
        where TComponent : IComponent =>
        XElement.Parse(await PictureRenderer.RenderAsync<TComponent>(parameters.ToDictionary(item => item.Name, item => item.Value, StringComparer.Ordinal)));

    private static IEnumerable<XElement> All(XElement root, string name) => root.Descendants().Where(element => element.Name.LocalName == name);

    [Fact]
    public async Task A_line_chart_draws_lines_bands_marks_and_a_legend_for_several_lines()
    {
        var figure = await RenderAsync<LineChart>(
            ("Title", "IVR over FPR"),
            ("X", new Axis("FPR", AxisKind.Share)),
            ("Y", new Axis("IVR", AxisKind.Share)),
            ("Lines", new[] { s_line, s_line with { Name = "other", Dashed = true } }),
            ("Marks", new[] { new Mark(1, .4, "threshold"), new Mark(1.2, .4, "quiet") { Quiet = true, Hollow = true }, new Mark(1.5, double.NaN, "switch") }));

        Assert.Equal(4, All(figure, "path").Count());
        Assert.Equal(2, All(figure, "circle").Count());
        Assert.DoesNotContain(All(figure, "text"), text => text.Value == "quiet");
        Assert.Equal(["IVR & <co>", "other"], All(figure, "li").Select(item => item.Value));
        Assert.Contains(All(figure, "text"), text => text.Value == "threshold");
        Assert.Contains(All(figure, "text"), text => text.Value == "FPR");
    }

    [Fact]
    public async Task Every_chart_says_what_it_shows_to_those_who_do_not_see_it()
    {
        var figure = await RenderAsync<LineChart>(
            ("Title", "Clicks"), ("Description", "They rise."), ("X", new Axis("x")), ("Y", new Axis("y")), ("Lines", new[] { s_line }));
        var svg = Assert.Single(All(figure, "svg"));

        Assert.Equal("img", (string?)svg.Attribute("role"));
        Assert.Equal("Clicks. They rise.", (string?)svg.Attribute("aria-label"));
        Assert.Equal("Clicks", All(svg, "title").First().Value);
    }

    [Fact]
    public async Task A_chart_without_data_says_so()
    {
        var figure = await RenderAsync<LineChart>(("Title", "t"), ("X", new Axis("x")), ("Y", new Axis("y")), ("Lines", new[] { new Series("none", [], []) }));

        Assert.Contains(All(figure, "text"), text => text.Value == "No data");
    }

    [Fact]
    public async Task Stacked_bars_stand_on_each_other_and_grouped_bars_beside_each_other()
    {
        (string, object?)[] parameters =
        [
            ("Title", "t"), ("Y", new Axis("clicks")), ("Categories", new[] { "a", "b" }),
            ("Members", new[] { new Series("valid", [], [3, 1]), new Series("invalid", [], [1, 1]) }),
        ];

        var stacked = All(await RenderAsync<BarChart>([.. parameters, ("Stacked", true)]), "rect").ToList();
        var grouped = All(await RenderAsync<BarChart>(parameters), "rect").ToList();

        Assert.Equal((string?)stacked[0].Attribute("x"), (string?)stacked[1].Attribute("x"));
        Assert.Equal(Number(stacked[0], "y"), Number(stacked[1], "y") + Number(stacked[1], "height"), .11);
        Assert.NotEqual((string?)grouped[0].Attribute("x"), (string?)grouped[1].Attribute("x"));
    }

    [Fact]
    public async Task A_histogram_has_one_outline_a_distribution_and_counts_of_zero_stay_on_the_floor()
    {
        var figure = await RenderAsync<Histogram>(
            ("Title", "t"), ("X", new Axis("score")), ("Y", new Axis("clicks", AxisKind.Logarithm, 1)), ("Edges", new double[] { 0, .5, 1 }),
            ("Distributions", new (string, IReadOnlyList<double>)[] { ("human", new double[] { 100, 0 }), ("robot", new double[] { 0, 50 }) }));

        Assert.Equal(2, All(figure, "path").Count(path => ((string?)path.Attribute("class"))!.Contains("line", StringComparison.Ordinal)));
        Assert.DoesNotContain("NaN", figure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_heat_map_is_darker_for_more_and_marks_what_is_missing()
    {
        var figure = await RenderAsync<HeatMap>(
            ("Title", "t"), ("Value", new Axis("IVR", AxisKind.Share)), ("Rows", new[] { "Mon" }), ("Columns", new[] { "0", "1", "2" }),
            ("Values", new IReadOnlyList<double>[] { new[] { .1, .3, double.NaN } }));
        var cells = All(figure, "rect").ToList();

        Assert.True(Number(cells[0], "fill-opacity") < Number(cells[1], "fill-opacity"));
        Assert.Contains("missing", (string?)cells[2].Attribute("class"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_stands_alone()
    {
        var page = await PictureRenderer.RenderPageAsync<PageFrame>(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Title"] = "Report <1>" });

        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Contains("Report &lt;1&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", page, StringComparison.Ordinal);
    }

    private static double Number(XElement element, string attribute) =>
        double.Parse((string)element.Attribute(attribute)!, System.Globalization.CultureInfo.InvariantCulture);
}
