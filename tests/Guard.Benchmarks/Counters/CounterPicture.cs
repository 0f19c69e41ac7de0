using Guard.Pictures;
using Microsoft.AspNetCore.Components;

namespace Guard.Benchmarks.Counters;

/// <summary>The time a click takes against the number of users, as a page with one chart.</summary>
public static class CounterPicture
{
    /// <summary>Writes the page.</summary>
    public static async Task WriteAsync(string path, IReadOnlyList<(int Users, double Least, double Median)> points)
    {
        double[] users = [.. points.Select(point => (double)point.Users)];
        RenderFragment chart = builder =>
        {
            builder.OpenComponent<LineChart>(0);
            builder.AddAttribute(1, nameof(LineChart.Title), "Time to count a click against the number of users");
            builder.AddAttribute(2, nameof(LineChart.X), new Axis("users with counters", AxisKind.Logarithm));
            builder.AddAttribute(3, nameof(LineChart.Y), new Axis("ns a click", AxisKind.Number, 0));
            builder.AddAttribute(4, nameof(LineChart.Lines), (IReadOnlyList<Series>)
            [
                new Series("median of 600 batches", users, [.. points.Select(point => point.Median)]),
                new Series("least", users, [.. points.Select(point => point.Least)]) { Dashed = true },
            ]);
            builder.CloseComponent();
        };
        var page = await PictureRenderer.RenderPageAsync<PageFrame>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(PageFrame.Title)] = "User counters under load",
            [nameof(PageFrame.Subtitle)] = "Uniformly random users, so that every click misses the cache; batches of 4,096 clicks on one thread.",
            [nameof(PageFrame.ChildContent)] = chart,
        });
        await File.WriteAllTextAsync(path, page);
    }
}
