using Azure.Storage.Blobs;
using Guard.Azure.Checkpoints;
using Guard.Azure.Tests.Azurite;

namespace Guard.Azure.Tests.Checkpoints;

public sealed class PartitionCheckpointsTests : IDisposable
{
    private static readonly HubConsumer s_consumer = new() { Namespace = "guard.servicebus.windows.net", EventHub = "clicks", ConsumerGroup = "guard" };
    private readonly PartitionCheckpoints _first;
    private readonly PartitionCheckpoints _second;

    public PartitionCheckpointsTests(AzuriteFixture azurite)
    {
        BlobContainerClient container = azurite.NewContainer();
        _first = new(container, s_consumer, "silo-1");
        _second = new(container, s_consumer, "silo-2");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task Each_partition_has_a_position_of_its_own()
    {
        foreach (var partition in new[] { "0", "1" })
        {
            await _first.LoadAsync(partition, Cancellation);
        }

        await _first.CommitAsync("0", new(7, "700"), Cancellation);

        Assert.Equal(new PartitionPosition(7, "700"), await _second.LoadAsync("0", Cancellation));
        Assert.Null(await _second.LoadAsync("1", Cancellation));
    }

    [Fact]
    public async Task Commits_of_one_owner_at_once_leave_the_greatest_position()
    {
        await _first.LoadAsync("0", Cancellation);

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 20).Select(number => Task.Run(async () => await _first.CommitAsync("0", new(number, $"o{number}"), Cancellation), Cancellation)));

        Assert.DoesNotContain(CommitOutcome.Superseded, outcomes);
        Assert.Equal(20, (await _second.LoadAsync("0", Cancellation))!.Value.SequenceNumber);
    }

    [Fact]
    public async Task A_takeover_supersedes_the_former_owner_of_that_partition_only()
    {
        await _first.LoadAsync("0", Cancellation);
        await _first.LoadAsync("1", Cancellation);
        await _second.LoadAsync("0", Cancellation);
        await _second.CommitAsync("0", new(5, "500"), Cancellation);

        Assert.Equal(CommitOutcome.Superseded, await _first.CommitAsync("0", new(9, "900"), Cancellation));
        Assert.False(await _first.DiscardAsync("0", Cancellation));
        Assert.Equal(CommitOutcome.Committed, await _first.CommitAsync("1", new(9, "900"), Cancellation));
    }
}
