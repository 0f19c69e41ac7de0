namespace Guard.Cli.Tests;

public sealed class EvaluateTests : IDisposable
{
    private readonly GuardProcess _guard = new();

    public void Dispose() => _guard.Dispose();

    [Fact]
    public async Task Without_purchases_there_is_nothing_to_learn_from_and_the_error_says_so()
    {
        await _guard.RunAsync("simulate", "quiet", "--out", _guard.Folder, "--clicks", "3000");
        var clicks = File.ReadLines(_guard.File("events.ndjson")).Where(line => !line.Contains("guard.purchase.v1", StringComparison.Ordinal)).ToList();
        await File.WriteAllLinesAsync(_guard.File("clicks.ndjson"), clicks, TestContext.Current.CancellationToken);

        var result = await _guard.RunAsync("evaluate", _guard.File("clicks.ndjson"), "--maturity", "0", "--data", _guard.File("data"));

        Assert.Equal(1, result.ExitCode);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Too_few_clicks_are_refused_in_one_line()
    {
        await _guard.RunAsync("simulate", "quiet", "--out", _guard.Folder, "--clicks", "3");

        var result = await _guard.RunAsync("evaluate", _guard.File("events.ndjson"), "--data", _guard.File("data"));

        Assert.Equal(1, result.ExitCode);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_scenario_that_does_not_exist_is_an_error_that_lists_those_that_do()
    {
        var result = await _guard.RunAsync("simulate", "nowhere", "--out", _guard.Folder);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("demo", result.Error, StringComparison.Ordinal);
        Assert.Empty(_guard.Files());
    }

    [Fact]
    public async Task The_report_says_what_it_shows_in_one_file()
    {
        await _guard.RunAsync("simulate", "quiet", "--out", _guard.Folder, "--clicks", "30000");

        var result = await _guard.RunAsync(
            "evaluate", _guard.File("events.ndjson"), "--maturity", "0", "--epochs", "2", "--budget", "0.1", "--data", _guard.File("data"), "--report", _guard.File("report.html"));

        Assert.True(result.ExitCode == 0, result.Error);
        var report = await File.ReadAllTextAsync(_guard.File("report.html"), TestContext.Current.CancellationToken);
        Assert.StartsWith("<!DOCTYPE html>", report, StringComparison.Ordinal);
        Assert.Contains("logistic regression", report, StringComparison.Ordinal);
    }
}
