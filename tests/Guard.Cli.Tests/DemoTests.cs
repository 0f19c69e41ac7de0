using System.Text.Json;

namespace Guard.Cli.Tests;

public sealed class DemoTests : IDisposable
{
    private readonly GuardProcess _guard = new();

    public void Dispose() => _guard.Dispose();

    [Fact]
    public async Task The_demo_goes_the_whole_way_and_leaves_its_files()
    {
        var result = await _guard.RunAsync("demo", "--out", _guard.File("demo"), "--clicks", "150000", "--json");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("demo/report.html", _guard.Files());
        Assert.Contains("demo/data/artifacts/models/clicks/current.json", _guard.Files());
        Assert.Contains("demo/data/artifacts/thresholds/clicks/current.json", _guard.Files());
        Assert.DoesNotContain(_guard.Files(), file => file.EndsWith(".partial", StringComparison.Ordinal));
        var clicks = File.ReadLines(_guard.File("demo/decisions.ndjson")).Count();
        Assert.InRange(clicks, 150_000, 150_500);

        var rows = result.Json.GetProperty("models").EnumerateArray().Where(row => row.GetProperty("slice").GetString() == "all").ToList();
        Assert.Equal(6, rows.Count);
        Assert.True(TrueAuc(rows, "network") > TrueAuc(rows, "click velocity") + .1, "The network separates no better than click velocity.");

        var report = await File.ReadAllTextAsync(_guard.File("demo/report.html"), TestContext.Current.CancellationToken);
        Assert.Contains("<svg", report, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", report, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"http", report, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", report, StringComparison.Ordinal);
    }

    private static double TrueAuc(IEnumerable<JsonElement> rows, string model) =>
        rows.First(row => row.GetProperty("model").GetString() == model).GetProperty("trueAuc").GetProperty("value").GetDouble();
}
