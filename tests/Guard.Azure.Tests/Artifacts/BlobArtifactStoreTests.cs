using Azure;
using Azure.Core;
using Azure.Storage.Blobs;
using Guard.Azure.Artifacts;
using Guard.Azure.Tests.Azurite;
using Guard.Core.Lifecycle;
using Guard.Engine.Tests.Artifacts;

namespace Guard.Azure.Tests.Artifacts;

public sealed class BlobArtifactStoreTests : ArtifactStoreContract
{
    private readonly AzuriteFixture _azurite;
    private readonly BlobContainerClient _container;

    public BlobArtifactStoreTests(AzuriteFixture azurite)
    {
        _azurite = azurite;
        _container = azurite.NewContainer();
        Store = new BlobArtifactStore(_container);
    }

    protected override IArtifactStore Store { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_stores_over_one_container_see_each_other()
    {
        var other = new BlobArtifactStore(_container);
        var tag = await Store.ReplaceAsync("current.json", new byte[] { 1 }, null, Cancellation);

        Assert.Null(await other.ReplaceAsync("current.json", new byte[] { 2 }, null, Cancellation));
        Assert.NotNull(await other.ReplaceAsync("current.json", new byte[] { 2 }, tag, Cancellation));
    }

    [Fact]
    public async Task A_pointer_that_was_removed_since_it_was_read_does_not_move()
    {
        var tag = await Store.ReplaceAsync("current.json", new byte[] { 1 }, null, Cancellation);
        await _container.DeleteBlobAsync("current.json", cancellationToken: Cancellation);

        Assert.Null(await Store.ReplaceAsync("current.json", new byte[] { 2 }, tag, Cancellation));
        Assert.Null(await Store.ReadAsync("current.json", Cancellation));
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_and_that_is_repeated_counts_as_done_once()
    {
        var losing = new BlobArtifactStore(_azurite.Reopen(_container, LostAnswers.To(RequestMethod.Put)));
        var tag = await losing.ReplaceAsync("current.json", new byte[] { 1 }, null, Cancellation);
        Assert.Equal(tag, (await Store.ReadAsync("current.json", Cancellation))!.ETag);

        losing = new BlobArtifactStore(_azurite.Reopen(_container, LostAnswers.To(RequestMethod.Put)));
        Assert.True(await losing.CreateAsync("a/b", new byte[] { 1 }, Cancellation));
    }

    [Fact]
    public async Task A_folder_does_not_list_its_neighbours_that_begin_alike()
    {
        await Store.CreateAsync("models/a/1", new byte[] { 1 }, Cancellation);
        await Store.CreateAsync("models/a-b/1", new byte[] { 1 }, Cancellation);

        Assert.Equal(["models/a/1"], await Store.ListAsync("models/a", Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_container_that_is_gone_is_an_error_and_not_an_empty_store()
    {
        await _container.DeleteAsync(cancellationToken: Cancellation);

        await Assert.ThrowsAsync<RequestFailedException>(async () => await Store.ReadAsync("current.json", Cancellation));
    }
}
