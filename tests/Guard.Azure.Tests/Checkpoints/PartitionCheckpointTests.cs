using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Guard.Azure.Checkpoints;
using Guard.Azure.Tests.Azurite;

namespace Guard.Azure.Tests.Checkpoints;

public sealed class PartitionCheckpointTests
{
    private const string BlobName = "guard.servicebus.windows.net/clicks/guard/checkpoint/3";
    private static readonly HubConsumer s_consumer = new() { Namespace = "Guard.servicebus.windows.net", EventHub = "Clicks", ConsumerGroup = "Guard" };
    private readonly AzuriteFixture _azurite;
    private readonly BlobContainerClient _container;

    public PartitionCheckpointTests(AzuriteFixture azurite)
    {
        _azurite = azurite;
        _container = azurite.NewContainer();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_partition_has_no_position_and_gets_its_first()
    {
        var silo = Owner("silo-1");

        Assert.Null(await silo.LoadAsync(Cancellation));
        Assert.Equal(CommitOutcome.Committed, await silo.CommitAsync(new(41, "4100"), Cancellation));

        Assert.Equal(new PartitionPosition(41, "4100"), silo.Committed);
        Assert.Equal(new PartitionPosition(41, "4100"), await Owner("silo-2").LoadAsync(Cancellation));
    }

    [Fact]
    public async Task The_position_stands_where_and_as_KEDAs_blobMetadata_strategy_reads_it()
    {
        await CommitAsync("silo-1", new(41, "4100"));

        var properties = (await _container.GetBlobClient(BlobName).GetPropertiesAsync(cancellationToken: Cancellation)).Value;
        Assert.Equal("41", properties.Metadata["sequencenumber"]);
        Assert.Equal("4100", properties.Metadata["offset"]);
        Assert.Equal("silo-1", properties.Metadata["clientidentifier"]);
        Assert.Equal(0, properties.ContentLength);
    }

    [Fact]
    public async Task A_position_that_Azures_own_client_wrote_is_read()
    {
        await PlantAsync(new() { ["offset"] = "900", ["sequencenumber"] = "9", ["clientidentifier"] = "" });

        Assert.Equal(new PartitionPosition(9, "900"), await Owner("silo-1").LoadAsync(Cancellation));
    }

    [Fact]
    public async Task A_position_never_moves_back()
    {
        var silo = await CommitAsync("silo-1", new(41, "4100"));

        Assert.Equal(CommitOutcome.NotAhead, await silo.CommitAsync(new(40, "4000"), Cancellation));
        Assert.Equal(CommitOutcome.NotAhead, await silo.CommitAsync(new(41, "4100"), Cancellation));
        Assert.Equal(41, (await Owner("silo-2").LoadAsync(Cancellation))!.Value.SequenceNumber);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(200)]
    public async Task An_owner_that_was_superseded_moves_nothing_until_it_loads_again(long late)
    {
        var stale = await CommitAsync("silo-1", new(41, "4100"));
        await CommitAsync("silo-2", new(100, "10000"));

        Assert.Equal(CommitOutcome.Superseded, await stale.CommitAsync(new(late, "o"), Cancellation));
        Assert.Equal(CommitOutcome.Superseded, await stale.CommitAsync(new(late + 1000, "o"), Cancellation));
        Assert.Equal(100, (await stale.LoadAsync(Cancellation))!.Value.SequenceNumber);
        Assert.Equal(CommitOutcome.Committed, await stale.CommitAsync(new(101, "10100"), Cancellation));
    }

    [Fact]
    public async Task Of_two_owners_that_begin_at_once_one_is_superseded()
    {
        var first = Owner("silo-1");
        var second = Owner("silo-2");
        await first.LoadAsync(Cancellation);
        await second.LoadAsync(Cancellation);

        var outcomes = await Task.WhenAll(first.CommitAsync(new(5, "500"), Cancellation).AsTask(), second.CommitAsync(new(6, "600"), Cancellation).AsTask());

        Assert.Equal([CommitOutcome.Committed, CommitOutcome.Superseded], outcomes.Order());
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_and_that_is_repeated_counts_as_done()
    {
        var silo = new PartitionCheckpoint(_azurite.Reopen(_container, LostAnswers.To(RequestMethod.Put)), s_consumer, "3", "silo-1");
        await silo.LoadAsync(Cancellation);

        Assert.Equal(CommitOutcome.Committed, await silo.CommitAsync(new(41, "4100"), Cancellation));
        Assert.Equal(CommitOutcome.Committed, await silo.CommitAsync(new(42, "4200"), Cancellation));
    }

    [Fact]
    public async Task A_discarded_position_lets_a_hub_that_numbers_from_0_again_begin()
    {
        var silo = await CommitAsync("silo-1", new(5000, "500000"));

        Assert.True(await silo.DiscardAsync(Cancellation));
        Assert.Null(await Owner("silo-2").LoadAsync(Cancellation));
        Assert.Equal(CommitOutcome.Committed, await silo.CommitAsync(new(3, "300"), Cancellation));
    }

    [Fact]
    public async Task An_owner_that_was_superseded_discards_nothing()
    {
        var stale = await CommitAsync("silo-1", new(41, "4100"));
        await CommitAsync("silo-2", new(100, "10000"));

        Assert.False(await stale.DiscardAsync(Cancellation));
        Assert.Equal(100, (await Owner("silo-3").LoadAsync(Cancellation))!.Value.SequenceNumber);
    }

    [Theory]
    [InlineData("offset", "")]
    [InlineData("sequencenumber", "many")]
    [InlineData("sequencenumber", "-1")]
    public async Task What_is_no_position_names_its_blob_and_the_mend(string key, string value)
    {
        await PlantAsync(new() { ["offset"] = "900", ["sequencenumber"] = "9", [key] = value });

        var error = await Assert.ThrowsAsync<InvalidDataException>(async () => await Owner("silo-1").LoadAsync(Cancellation));
        Assert.Contains(BlobName, error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Owner("silo-1").CommitAsync(new(1, "1"), Cancellation));
    }

    private PartitionCheckpoint Owner(string name) => new(_container, s_consumer, "3", name);

    private async Task<PartitionCheckpoint> CommitAsync(string owner, PartitionPosition position)
    {
        var checkpoint = Owner(owner);
        await checkpoint.LoadAsync(Cancellation);
        Assert.Equal(CommitOutcome.Committed, await checkpoint.CommitAsync(position, Cancellation));
        return checkpoint;
    }

    private async Task PlantAsync(Dictionary<string, string> metadata) =>
        await _container.GetBlobClient(BlobName).UploadAsync(BinaryData.FromString(""), new BlobUploadOptions { Metadata = metadata }, Cancellation);
}
