using Guard.Core.Lifecycle;
using Guard.Engine.Artifacts;
using Guard.Silo.Configuration;
using Guard.Silo.Operations;
using Microsoft.Extensions.Configuration;

namespace Guard.Silo.Tests.Operations;

public sealed class PublishCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileArtifactStore _cluster;

    public PublishCommandTests() => _cluster = new FileArtifactStore(Path.Combine(_folder["cluster"], "artifacts"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_pair_of_a_folder_is_copied_and_put_in_force()
    {
        var (model, thresholds) = await TrainAsync("trained", 1);

        var said = await PublishAsync("trained");

        Assert.Equal((model, thresholds), await InForceAsync());
        Assert.Contains(model, said);
        Assert.Contains("before: none", said);
    }

    [Fact]
    public async Task Earlier_versions_are_put_in_force_again_without_their_folder()
    {
        var first = await TrainAsync("first", 1);
        await PublishAsync("first");
        var second = await TrainAsync("second", 2);
        await PublishAsync("second");
        Assert.Equal(second, await InForceAsync());

        await PublishAsync(null, first.Model, first.Thresholds);

        Assert.Equal(first, await InForceAsync());
    }

    [Fact]
    public async Task What_is_missing_or_does_not_go_together_is_refused_and_changes_nothing()
    {
        var first = await TrainAsync("first", 1);
        await PublishAsync("first");
        await TrainAsync("second", 2);
        Directory.CreateDirectory(_folder["empty"]);

        Assert.Contains("guard train", await RefusedAsync("empty"));
        Assert.Contains("no such version", await RefusedAsync("second", model: "never"));
        await PublishAsync("second");
        Assert.Contains("were calibrated for model", await RefusedAsync(null, thresholds: first.Thresholds));
        Assert.NotEqual(first, await InForceAsync());
    }

    private async Task<(string Model, string Thresholds)> TrainAsync(string name, int seed)
    {
        var policy = await TestPolicy.PublishAsync(new FileArtifactStore(Path.Combine(_folder[name], "artifacts")), seed);
        return (policy.Scorer.Version, policy.Thresholds.Version);
    }

    private async Task<string> RefusedAsync(string? from, string? model = null, string? thresholds = null) =>
        (await Assert.ThrowsAsync<SiloConfigurationException>(() => PublishAsync(from, model, thresholds))).Message;

    private async Task<string> PublishAsync(string? from, string? model = null, string? thresholds = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Guard:Folder", _folder["cluster"])]).Build();
        using var output = new StringWriter();
        await PublishCommand.RunAsync(configuration, from is null ? null : new DirectoryInfo(_folder[from]), model, thresholds, output, TestContext.Current.CancellationToken);
        return output.ToString();
    }

    private async Task<(string?, string?)> InForceAsync() =>
        (await new VersionedArtifacts(_cluster, "models/clicks").CurrentAsync(TestContext.Current.CancellationToken), await new VersionedArtifacts(_cluster, "thresholds/clicks").CurrentAsync(TestContext.Current.CancellationToken));
}
