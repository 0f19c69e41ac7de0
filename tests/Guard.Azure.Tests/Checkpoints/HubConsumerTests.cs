using Azure.Storage.Blobs;
using Guard.Azure.Checkpoints;

namespace Guard.Azure.Tests.Checkpoints;

public sealed class HubConsumerTests
{
    private static readonly HubConsumer s_consumer = new() { Namespace = "guard.servicebus.windows.net", EventHub = "clicks", ConsumerGroup = "$Default" };

    [Fact]
    public void The_default_group_of_a_hub_is_one() => s_consumer.Validate();

    [Theory]
    [InlineData("sb://guard.servicebus.windows.net/")]
    [InlineData("guard.servicebus.windows.net:5671")]
    [InlineData("")]
    public void A_namespace_is_a_host_name(string name) => Refused(s_consumer with { Namespace = name }, "Namespace");

    [Theory]
    [InlineData("clicks/1")]
    [InlineData("")]
    public void A_hub_has_a_name_without_slashes(string name) => Refused(s_consumer with { EventHub = name }, "EventHub");

    [Fact]
    public void A_consumer_group_has_at_most_50_characters() => Refused(s_consumer with { ConsumerGroup = new('g', 51) }, "ConsumerGroup");

    [Theory]
    [InlineData("3/..", "silo")]
    [InlineData("3", "silo\r\nx-ms-meta-offset: 9")]
    public void Neither_partition_nor_owner_can_write_elsewhere(string partition, string owner) =>
        Assert.Throws<ArgumentException>(() => new PartitionCheckpoint(new BlobContainerClient(new Uri("https://guard.blob.core.windows.net/c")), s_consumer, partition, owner));

    private static void Refused(HubConsumer consumer, string part) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(consumer.Validate).Message, StringComparison.Ordinal);
}
