namespace Guard.Cli.Tests.Torture;

public sealed class TortureTests : IDisposable
{
    private readonly GuardProcess _guard = new();

    public void Dispose() => _guard.Dispose();

    [Fact]
    public async Task A_short_torture_finds_nothing_and_says_what_it_tried()
    {
        var result = await _guard.RunAsync("torture", "--only", "kills", "power", "malformed", "folder", "--kills", "3", "--cuts", "2", "--life", "1", "--malformed", "5000", "--json");

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var reports = result.Json.EnumerateArray().ToDictionary(report => report.GetProperty("trial").GetString()!, StringComparer.Ordinal);
        Assert.Equal(4, reports.Count);
        Assert.StartsWith("3 kills with SIGKILL", reports["kills"].GetProperty("tried").GetString(), StringComparison.Ordinal);
        Assert.All(reports.Values, report => Assert.Equal(0, report.GetProperty("found").GetArrayLength()));
    }
}
