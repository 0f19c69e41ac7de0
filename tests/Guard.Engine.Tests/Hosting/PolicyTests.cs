using Guard.Core.Lifecycle;
using Guard.Core.Scoring;
using Guard.Engine.Artifacts;
using Guard.Engine.Hosting;
using Guard.Engine.Intake;

namespace Guard.Engine.Tests.Hosting;

public sealed class PolicyTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Decisions_keep_the_model_that_made_them_through_a_change_and_a_restart(bool snapshot)
    {
        using var folder = await HostFolder.CreateAsync(seed: 1);
        var events = TestBodies.Events(5, 600);
        string described;
        (string Model, string Thresholds) second;
        await using (var host = await folder.StartAsync())
        {
            var first = (await host.Traffic.PolicyAsync()).Model.Version;
            await host.Ingest.SendAsync(TestBodies.Lines(events[..300]));
            var change = host.Decisions.Last;
            second = await TestModels.PublishAsync(folder.Artifacts, seed: 2);
            await WaitForModelAsync(host, second.Model);
            await host.Ingest.SendAsync(TestBodies.Lines(events[300..]));
            var all = await HostFolder.AllAsync(host);
            Assert.All(all, kept => Assert.Equal(kept.Number <= change ? first : second.Model, kept.Model));
            Assert.Equal(second.Thresholds, all[^1].Thresholds);
            Assert.All(all.Where(kept => kept.Decision.Stage == DecisionStage.Model), kept => Assert.True(kept.Reasons.Count > 0));
            described = await HostFolder.DescribeAsync(host);
        }

        if (!snapshot)
        {
            Directory.Delete(Path.Combine(folder.Path, "snapshots"), recursive: true);
        }

        await using var again = await folder.StartAsync();
        Assert.Equal(described, await HostFolder.DescribeAsync(again));
        Assert.Equal(second.Model, (await again.Traffic.PolicyAsync()).Model.Version);
    }

    [Fact]
    public async Task What_cannot_be_used_leaves_the_last_good_pair_in_force_and_is_said_until_it_is_mended()
    {
        using var folder = await HostFolder.CreateAsync(seed: 1);
        await using var host = await folder.StartAsync();
        var good = await host.Traffic.PolicyAsync();
        var models = new VersionedArtifacts(new FileArtifactStore(folder.Artifacts), "models/clicks");

        await models.MoveCurrentAsync("2026-01-01-missing");

        await Waiting.UntilAsync(async () => (await host.Traffic.PolicyAsync()).Fault is not null);
        var faulty = await host.Traffic.PolicyAsync();
        Assert.Contains("2026-01-01-missing", faulty.Fault, StringComparison.Ordinal);
        Assert.Equal(good.Model.Version, faulty.Model.Version);
        var scored = await host.Ingest.ScoreAsync(TestBodies.Utf8(TestBodies.Click("c", TestBodies.Start, new Random(1))));
        Assert.Equal(good.Model.Version, scored.Decision!.Model);
        await models.MoveCurrentAsync(good.Model.Version);
        await Waiting.UntilAsync(async () => (await host.Traffic.PolicyAsync()).Fault is null);
    }

    [Fact]
    public async Task Without_a_model_in_force_the_start_says_what_to_do()
    {
        using var folder = new TemporaryFolder();

        var error = await Assert.ThrowsAsync<InputException>(() => LocalHost.StartAsync(new LocalHostOptions { Folder = folder.Path }, new FileArtifactStore(folder["artifacts"])));

        Assert.Contains("train and calibrate", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static Task WaitForModelAsync(LocalHost host, string version) =>
        Waiting.UntilAsync(async () => (await host.Traffic.PolicyAsync()).Model.Version == version, $"model {version}");
}
