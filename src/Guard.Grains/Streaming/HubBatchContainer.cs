using Guard.Grains.Ingest;
using Orleans.Streaming.EventHubs;
using Orleans.Streams;

namespace Guard.Grains.Streaming;

/// <summary>One message on its way to its partition's grain.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.hub-batch")]
internal sealed class HubBatchContainer(StreamId streamId, HubMessage message) : IBatchContainer
{
    /// <inheritdoc/>
    [Id(0)]
    public StreamId StreamId { get; } = streamId;

    [Id(1)]
    public HubMessage Message { get; } = message;

    /// <inheritdoc/>
    public StreamSequenceToken SequenceToken => new EventHubSequenceTokenV2(Message.Offset, Message.SequenceNumber, 0);

    /// <inheritdoc/>
    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() => [Tuple.Create((T)(object)Message, SequenceToken)];

    /// <inheritdoc/>
    public bool ImportRequestContext() => false;
}
