namespace Guard.Cli.Tests;

/// <summary>A small simulated stream with a model and thresholds in force, made once for all tests that only read it.</summary>
public sealed class LearnedTraffic : IAsyncLifetime
{
    private readonly GuardProcess _guard = new();

    public string Events => _guard.File("sim/events.ndjson");

    public string Truth => _guard.File("sim/truth.csv");

    public string Data => _guard.File("data");

    public async ValueTask InitializeAsync()
    {
        await Done("simulate", "demo", "--out", _guard.File("sim"), "--clicks", "40000");
        await Done("train", Events, "--data", Data, "--maturity", "0.1", "--epochs", "3", "--until", "2026-03-03T06:00Z");
        await Done("calibrate", Events, "--data", Data, "--from", "2026-03-03T06:00Z", "--budget", "0.05");
    }

    public ValueTask DisposeAsync()
    {
        _guard.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Done(params string[] args)
    {
        var result = await _guard.RunAsync(args);
        Assert.True(result.ExitCode == 0, $"guard {string.Join(' ', args)}: {result.Error}");
    }
}
