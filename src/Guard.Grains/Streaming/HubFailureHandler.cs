using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Guard.Grains.Streaming;

/// <summary>Tells of messages that could not be delivered in time. None is lost: the partition's grain reads them from the hub before it takes the next.</summary>
internal sealed partial class HubFailureHandler(ILogger<HubFailureHandler> logger) : IStreamFailureHandler
{
    /// <inheritdoc/>
    public bool ShouldFaultSubsriptionOnError => false;

    /// <inheritdoc/>
    public Task OnDeliveryFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken)
    {
        LogUndelivered(streamIdentity.GetKeyAsString(), sequenceToken?.SequenceNumber ?? -1);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task OnSubscriptionFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken)
    {
        LogUnsubscribed(streamIdentity.GetKeyAsString());
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Partition {Partition}: messages from {SequenceNumber} on could not be delivered in time and will be read again.")]
    private partial void LogUndelivered(string partition, long sequenceNumber);

    [LoggerMessage(Level = LogLevel.Error, Message = "Partition {Partition}: its grain could not be subscribed; the stream tries again with the next message.")]
    private partial void LogUnsubscribed(string partition);
}
