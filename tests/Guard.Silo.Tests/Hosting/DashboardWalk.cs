using Guard.Core.Lifecycle;
using Guard.Grains.Ingest;
using Guard.Server.Tests.Console;

namespace Guard.Silo.Tests.Hosting;

/// <summary>One look in a browser at the dashboard of two silos under load, for all tests that ask what it found.</summary>
public sealed class DashboardWalk : IAsyncLifetime
{
    private IReadOnlyList<Browser.Finding> _findings = [];
    private string? _missing;

    public async ValueTask InitializeAsync()
    {
        using var folder = new TemporaryFolder();
        var (keys, keyFile) = TestKeys.Write(folder);
        await using var first = await TestSilo.StartAsync(folder.Path, ("Guard:KeyFile", keyFile));
        await using var second = await TestSilo.StartAsync(folder.Path, ("Guard:KeyFile", keyFile), ("Guard:Clustering:FirstSiloPort", $"{first.Options.Endpoints.SiloPort}"));
        await TestPolicy.PublishAsync(first.Service<IArtifactStore>());
        using var end = new CancellationTokenSource();
        var load = LoadAsync(first.Service<IGrainFactory>(), end.Token);
        (_findings, _missing) = await Browser.WalkAsync("Hosting/dashboard.mjs", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["base"] = new Uri(first.Client.BaseAddress!, "dashboard").ToString(),
            ["key"] = keys.Admin,
            ["silos"] = $"{first.Options.Endpoints.SiloPort},{second.Options.Endpoints.SiloPort}",
        });
        await end.CancelAsync();
        await load;
    }

    /// <summary>Fails with what is wrong where a check did not hold; skips where there is no browser.</summary>
    internal void Holds(string check)
    {
        Assert.SkipWhen(_missing is not null, $"The dashboard was not looked at in a browser: {_missing}.");
        var findings = _findings.Where(finding => finding.Check == check).ToArray();
        Assert.True(findings.Length > 0, $"Nothing was found about '{check}': {string.Join('\n', _findings.Where(finding => !finding.Ok))}");
        Assert.True(findings.All(finding => finding.Ok), string.Join('\n', findings.Where(finding => !finding.Ok).Select(finding => $"{finding.Page}: {finding.Detail}")));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task LoadAsync(IGrainFactory grains, CancellationToken end)
    {
        for (var partition = 0; !end.IsCancellationRequested; partition++)
        {
            foreach (var batch in HubTraffic.Messages(partition, 2_000).Chunk(100))
            {
                await grains.GetGrain<IIngestGrain>($"{partition % 4}").DeliverAsync([.. batch.Select(message => message with { SequenceNumber = message.SequenceNumber + (partition / 4 * 2_000) })]);
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }
}
