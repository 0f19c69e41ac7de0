using Guard.Cli.Evaluate;
using Guard.Cli.Options;
using Guard.Core.Clicks;
using Guard.Core.Training;

namespace Guard.Cli.Tests;

public sealed class GatewayTests : IDisposable
{
    private readonly GuardProcess _guard = new();

    public void Dispose() => _guard.Dispose();

    [Fact]
    public async Task Humans_behind_a_NAT_gateway_are_not_mass_invalidated()
    {
        var simulated = await _guard.RunAsync("simulate", "nat-gateway", "--out", _guard.Folder, "--clicks", "150000");
        Assert.True(simulated.ExitCode == 0, simulated.Error);
        var hash = new DataFolder(_guard.File("data")).Hash();
        using var events = TrafficInput.Open([_guard.File("events.ndjson")], InputFormat.CloudEvents, hash, quarantine: null);
        var recording = await Recording.OfAsync(events, 2, new Progress<double>(), TestContext.Current.CancellationToken);
        var options = new BacktestOptions();
        options = options with
        {
            Training = options.Training with { Labels = options.Training.Labels with { Maturity = TimeSpan.FromDays(1) }, Network = new NetworkTrainerOptions { MaxEpochs = 6 } },
        };

        var evaluation = Backtest.Run(recording, options, TruthIndex.Read(_guard.File("truth.csv"), hash), new Progress<double>(), TestContext.Current.CancellationToken);

        var measured = evaluation.Network.Slices.Measured;
        var humans = measured.Truth(Slice.All)!.Value;
        Assert.True(measured.Gateways.Humans > 1000, $"Only {measured.Gateways.Humans} clicks came through gateways.");
        Assert.InRange(measured.Gateways.HumansLost, 0, .1);
        Assert.True(humans.Recall > 2 * measured.Gateways.HumansLost, $"recall {humans.Recall:P1}, gateways' humans lost {measured.Gateways.HumansLost:P1}");
    }
}
