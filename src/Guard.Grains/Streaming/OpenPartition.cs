using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Azure.Messaging.EventHubs.Primitives;

namespace Guard.Grains.Streaming;

/// <summary>A partition that is open for reading.</summary>
/// <param name="ReceiveAsync">Waits for messages: at most so many, at most so long.</param>
/// <param name="CloseAsync">Closes it.</param>
internal sealed record OpenPartition(
    Func<int, TimeSpan, CancellationToken, Task<IEnumerable<EventData>>> ReceiveAsync, Func<CancellationToken, Task> CloseAsync)
{
    /// <summary>Opens a partition.</summary>
    public static OpenPartition Of(HubStreamOptions options, string partition, EventPosition from)
    {
        var connection = new EventHubConnectionOptions();
        var receiver = new PartitionReceiver(
            options.ConsumerGroup, partition, from, options.Connect!(connection), new PartitionReceiverOptions { ConnectionOptions = connection });
        return new OpenPartition(receiver.ReceiveBatchAsync, receiver.CloseAsync);
    }
}
