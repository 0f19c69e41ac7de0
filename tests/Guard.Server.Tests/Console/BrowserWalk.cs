namespace Guard.Server.Tests.Console;

/// <summary>One walk through the console in a browser, for all tests that ask what it found.</summary>
public sealed class BrowserWalk : IAsyncLifetime
{
    private IReadOnlyList<Browser.Finding> _findings = [];
    private string? _missing;

    public async ValueTask InitializeAsync()
    {
        await using var server = await ConsoleServer.StartAsync();
        await using var empty = await ConsoleServer.StartAsync(empty: true);
        (_findings, _missing) = await Browser.WalkAsync("Console/browser.mjs", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["base"] = server.Address.ToString().TrimEnd('/'),
            ["empty"] = empty.Address.ToString().TrimEnd('/'),
            ["user"] = SeededHost.KnownUser,
            ["click"] = "/test/click",
        });
    }

    /// <summary>Fails with what is wrong where a check did not hold; skips where there is no browser.</summary>
    public void Holds(string check)
    {
        Assert.SkipWhen(_missing is not null, $"The console was not looked at in a browser: {_missing}.");
        var findings = _findings.Where(finding => finding.Check == check).ToArray();
        Assert.True(findings.Length > 0, $"Nothing was found about '{check}': {string.Join('\n', _findings.Where(finding => !finding.Ok))}");
        Assert.True(findings.All(finding => finding.Ok), string.Join('\n', findings.Where(finding => !finding.Ok).Select(finding => $"{finding.Page}: {finding.Detail}")));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
