using System.Text;
using Guard.Core.Hosting;
using Guard.Core.Watching;
using Guard.Engine.Artifacts;
using Guard.Engine.Hosting;
using Guard.Engine.Log;
using Guard.Engine.Shards;

namespace Guard.Engine.Tests.Hosting;

/// <summary>A data folder with a hashing key that is always the same, and a model in force.</summary>
internal sealed class HostFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private HostFolder() => File.WriteAllText(_folder["hashing.key"], "000102030405060708090a0b0c0d0e0f\n");

    public string Path => _folder.Path;

    public string Artifacts => _folder["artifacts"];

    public LocalHostOptions Options => new()
    {
        Folder = Path,
        Shards = new ShardOptions { Shards = 4, Workers = 2, UserCapacity = 10_000, EntityCapacity = 10_000, UserAgentCapacity = 10_000 },
        Log = new PartitionLogOptions { SegmentBytes = 256 << 10, RetryAfter = TimeSpan.FromMilliseconds(5) },
        PolicyInterval = TimeSpan.FromMilliseconds(10),
    };

    public static async Task<HostFolder> CreateAsync(int seed = 1)
    {
        var folder = new HostFolder();
        await TestModels.PublishAsync(folder.Artifacts, seed);
        return folder;
    }

    public Task<LocalHost> StartAsync(LocalHostOptions? options = null) =>
        LocalHost.StartAsync(options ?? Options, new FileArtifactStore(Artifacts), cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Describes everything that a host answers, so that two hosts can be compared.</summary>
    public static async Task<string> DescribeAsync(LocalHost host)
    {
        var text = new StringBuilder();
        foreach (var kept in await AllAsync(host))
        {
            text.AppendLine($"{kept.Number} {kept.ClickId} {kept.Source} {kept.Time:O} {kept.Decision} {Describe(kept.Reasons)} {kept.ListReason} {string.Join(' ', kept.Features.ToArray())} {kept.Model} {kept.Thresholds} {kept.Traits} {kept.CostMicros} {kept.CampaignId} {kept.AdvertiserId}");
        }

        for (var user = 0; user < 200; user++)
        {
            text.AppendLine($"{user}: {(await host.Users.FindAsync($"u-{user}"))?.Counters}");
        }

        foreach (var slice in await host.Traffic.SlicesAsync())
        {
            text.AppendLine($"{slice}");
        }

        // Guard's own streams follow the host's clock, which two hosts do not share.
        foreach (var stream in (await host.Streams.ListAsync()).Where(stream => !OwnStreams.IsOwn(stream.Stream)))
        {
            text.AppendLine($"{stream.Stream} {stream.Rows} {string.Join(' ', stream.Newest!.Values)} {stream.Newest.Reading}");
        }

        return text.ToString();
    }

    public static async Task<List<KeptDecision>> AllAsync(LocalHost host)
    {
        var decisions = new List<KeptDecision>();
        for (var page = await host.Decisions.ReadAsync(new DecisionQuery()); page.Next > 0; page = await host.Decisions.ReadAsync(new DecisionQuery { After = page.Next }))
        {
            decisions.AddRange(page.Decisions);
            if (page.Next == host.Decisions.Last)
            {
                break;
            }
        }

        return decisions;
    }

    public void Dispose() => _folder.Dispose();

    private static string Describe(Core.Scoring.Reasons reasons) =>
        string.Join(' ', Enumerable.Range(0, reasons.Count).Select(index => reasons[index].ToString()));
}
