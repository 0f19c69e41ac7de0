using Guard.Azure.Artifacts;
using Guard.Azure.Tests.Azurite;
using Guard.Core.Lifecycle;
using Guard.Engine.Tests.Artifacts;

namespace Guard.Azure.Tests.Artifacts;

public sealed class RoutedArtifactStoreTests : ArtifactStoreContract
{
    private readonly BlobArtifactStore _published;
    private readonly BlobArtifactStore _others;

    public RoutedArtifactStoreTests(AzuriteFixture azurite)
    {
        _published = new BlobArtifactStore(azurite.NewContainer());
        _others = new BlobArtifactStore(azurite.NewContainer());
        Store = new RoutedArtifactStore(new Dictionary<string, IArtifactStore>(StringComparer.Ordinal) { ["models"] = _published, ["thresholds"] = _published }, _others);
    }

    protected override IArtifactStore Store { get; }

    [Theory]
    [InlineData("models/clicks/current.json", true)]
    [InlineData("thresholds/clicks/v1.json", true)]
    [InlineData("state/shard/7/counters", false)]
    [InlineData("models-of-others/x", false)]
    public async Task The_first_folder_says_which_store_it_is(string path, bool published)
    {
        await Store.CreateAsync(path, new byte[] { 1 }, TestContext.Current.CancellationToken);

        Assert.Equal(published, await _published.ReadAsync(path, TestContext.Current.CancellationToken) is not null);
        Assert.Equal(!published, await _others.ReadAsync(path, TestContext.Current.CancellationToken) is not null);
    }
}
