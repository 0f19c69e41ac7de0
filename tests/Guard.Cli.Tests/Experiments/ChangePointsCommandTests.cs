namespace Guard.Cli.Tests.Experiments;

public sealed class ChangePointsCommandTests : IDisposable
{
    private readonly GuardProcess _guard = new();

    public void Dispose() => _guard.Dispose();

    [Fact]
    public async Task A_series_is_searched_and_drawn()
    {
        var random = new Random(1);
        await File.WriteAllLinesAsync(_guard.File("series.txt"), Enumerable.Range(0, 300).Select(t => FormattableString.Invariant($"{(t < 150 ? 1 : 4) + random.NextDouble():0.000}")));

        var result = await _guard.RunAsync("experiment", "changepoints", "--series", _guard.File("series.txt"), "--picture", _guard.File("series.html"), "--json");

        Assert.Equal(0, result.ExitCode);
        var change = Assert.Single(result.Json.EnumerateArray());
        Assert.InRange(change.GetProperty("likeliest").GetInt64(), 147, 151);
        var page = await File.ReadAllTextAsync(_guard.File("series.html"));
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page.Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1\n2\nthree\n", "line 3: 'three' is not a finite number")]
    [InlineData("1\nNaN\n", "line 2: 'NaN' is not a finite number")]
    [InlineData("", "is empty")]
    public async Task A_bad_series_is_one_line_that_names_the_place(string text, string message)
    {
        await File.WriteAllTextAsync(_guard.File("bad.txt"), text);

        var result = await _guard.RunAsync("experiment", "changepoints", "--series", _guard.File("bad.txt"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("--series none.txt", "none.txt: there is no such file")]
    [InlineData("--picture out.html", "name its file with --series")]
    [InlineData("--runs 0", "--runs must be at least 1")]
    public async Task A_call_that_cannot_be_done_says_what_mends_it(string arguments, string message)
    {
        var result = await _guard.RunAsync(["experiment", "changepoints", .. arguments.Split(' ')]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_run_prints_every_method_beside_the_published_table()
    {
        var result = await _guard.RunAsync("experiment", "changepoints", "--runs", "1", "--json");

        Assert.Equal(0, result.ExitCode);
        var rows = result.Json.EnumerateArray().ToArray();
        Assert.Equal(50, rows.Length);
        Assert.All(rows, row => Assert.True(row.GetProperty("regret").GetDouble() > 0));
        Assert.Equal(274, rows[0].GetProperty("published").GetDouble());
    }
}
