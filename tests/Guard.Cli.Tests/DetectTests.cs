using System.Globalization;

namespace Guard.Cli.Tests;

public sealed class DetectTests : IDisposable
{
    private readonly GuardProcess _guard = new();

    public void Dispose() => _guard.Dispose();

    [Fact]
    public async Task A_series_gets_a_row_of_detections_for_each_of_its_own()
    {
        var path = Write("series.csv", 1000, spike: 800);

        var result = await _guard.RunAsync("detect", path, "--out", _guard.File("found.csv"));

        Assert.True(result.ExitCode == 0, result.Error);
        var lines = await File.ReadAllLinesAsync(_guard.File("found.csv"), TestContext.Current.CancellationToken);
        Assert.Equal("timestamp,anomaly_score,expected,lower,upper,alert", lines[0]);
        Assert.Equal(1001, lines.Length);
        var spike = lines[801].Split(',');
        Assert.Equal(Stamp(800), spike[0]);
        Assert.InRange(double.Parse(spike[1], CultureInfo.InvariantCulture), 0.6, 1);
        Assert.InRange(double.Parse(spike[2], CultureInfo.InvariantCulture), 8, 12);
        Assert.Equal("1", spike[5]);
        Assert.Equal(["found.csv", "series.csv"], _guard.Files());
    }

    [Fact]
    public async Task Without_an_output_file_the_same_rows_go_to_the_output()
    {
        var path = Write("series.csv", 300);

        var printed = await _guard.RunAsync("detect", path);
        var written = await _guard.RunAsync("detect", path, "--out", _guard.File("found.csv"));

        Assert.Equal((0, 0), (printed.ExitCode, written.ExitCode));
        Assert.Equal(await File.ReadAllTextAsync(_guard.File("found.csv"), TestContext.Current.CancellationToken), printed.Output);
    }

    [Fact]
    public async Task A_folder_keeps_its_tree()
    {
        Directory.CreateDirectory(_guard.File("in/deep"));
        Write("in/a.csv", 100);
        Write("in/deep/b.csv", 100);

        var result = await _guard.RunAsync("detect", _guard.File("in"), "--out", _guard.File("out"));

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(["in/a.csv", "in/deep/b.csv", "out/a.csv", "out/deep/b.csv"], _guard.Files());
    }

    [Fact]
    public async Task Json_and_a_picture_tell_of_the_alert()
    {
        var path = Write("series.csv", 1000, spike: 800);

        var result = await _guard.RunAsync("detect", path, "--json", "--picture", _guard.File("found.html"));

        Assert.True(result.ExitCode == 0, result.Error);
        var alerts = result.Json.GetProperty("alerts").EnumerateArray().ToList();
        Assert.Contains(alerts, alert => alert.GetProperty("observed").GetDouble() == 60 && alert.GetProperty("start").GetString()!.StartsWith("2026-01-03T18:40", StringComparison.Ordinal));
        Assert.Equal(1000, result.Json.GetProperty("readings").GetArrayLength());
        var page = await File.ReadAllTextAsync(_guard.File("found.html"), TestContext.Current.CancellationToken);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("timestamp,value\n", "has a header and no rows")]
    [InlineData("timestamp\n2026-01-01 00:00:00\n", "has one column")]
    [InlineData("2026-01-01 00:00:00,5\n", "where a header is due")]
    [InlineData("timestamp,load\n2026-01-01 00:00:00,5\n2026-01-01 00:05:00,five\n", "line 3, column 2 (load): 'five' is not a number")]
    [InlineData("timestamp,load\nyesterday,5\n", "line 2, column 1: 'yesterday' is not a time")]
    [InlineData("timestamp,load\n2026-01-01 00:00:00,5,6\n", "line 2: 3 cells where the header has 2")]
    public async Task Bad_input_is_one_line_that_names_the_place(string text, string expected)
    {
        await File.WriteAllTextAsync(_guard.File("bad.csv"), text, TestContext.Current.CancellationToken);

        var result = await _guard.RunAsync("detect", _guard.File("bad.csv"), "--out", _guard.File("found.csv"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Trim().Split('\n'));
        Assert.Equal(["bad.csv"], _guard.Files());
    }

    [Fact]
    public async Task Missing_infinite_and_late_values_leave_empty_expectations_and_no_score()
    {
        var rows = Enumerable.Range(0, 200).Select(row => FormattableString.Invariant($"{Stamp(row)},{10 + (row % 7)}")).ToList();
        rows[100] = $"{Stamp(100)},";
        rows[101] = $"{Stamp(101)},Infinity";
        rows[102] = $"{Stamp(5)},12";
        await File.WriteAllLinesAsync(_guard.File("odd.csv"), ["timestamp,value", .. rows], TestContext.Current.CancellationToken);

        var result = await _guard.RunAsync("detect", _guard.File("odd.csv"));

        Assert.True(result.ExitCode == 0, result.Error);
        var lines = result.Output.Split('\n');
        Assert.Equal($"{Stamp(100)},0,,,,0", lines[101]);
        Assert.Equal($"{Stamp(101)},0,,,,0", lines[102]);
        Assert.Equal($"{Stamp(5)},0,,,,0", lines[103]);
        Assert.Contains("1 rows lie before their predecessor and 1 hold an infinite", result.Error, StringComparison.Ordinal);
    }

    private static string Stamp(int row) => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(5 * row).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private string Write(string name, int rows, int spike = -1)
    {
        var random = new Random(1);
        var path = _guard.File(name);
        File.WriteAllLines(path, ["timestamp,value", .. Enumerable.Range(0, rows).Select(row => FormattableString.Invariant($"{Stamp(row)},{(row == spike ? 60 : 9.5 + random.NextDouble()):R}"))]);
        return path;
    }
}
