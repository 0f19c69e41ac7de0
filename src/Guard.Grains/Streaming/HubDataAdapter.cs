using Azure.Messaging.EventHubs;
using Guard.Grains.Ingest;
using Orleans.Providers.Streams.Common;
using Orleans.Serialization;
using Orleans.Streaming.EventHubs;
using Orleans.Streams;

namespace Guard.Grains.Streaming;

/// <summary>Makes each partition one stream, whose key is the partition, and carries messages as producers sent them.</summary>
/// <param name="serializer">Writes messages into the stream's cache.</param>
/// <param name="cached">Learns which of them leave it.</param>
internal sealed class HubDataAdapter(Serializer serializer, CachedPartitions cached) : EventHubDataAdapter(serializer)
{
    private readonly Serializer _serializer = serializer;

    /// <inheritdoc/>
    public override StreamPosition GetStreamPosition(string partition, EventData queueMessage) => new(
        StreamId.Create(GrainNames.StreamNamespace, partition),
        new EventHubSequenceTokenV2(queueMessage.OffsetString, queueMessage.SequenceNumber, 0));

    /// <inheritdoc/>
    public override IBatchContainer GetBatchContainer(ref CachedMessage cachedMessage)
    {
        cached.HandedOn(cachedMessage.StreamId, cachedMessage.SequenceNumber);
        var place = 0;
        SegmentBuilder.ReadNextString(cachedMessage.Segment, ref place);
        return new HubBatchContainer(cachedMessage.StreamId, _serializer.Deserialize<HubMessage>(SegmentBuilder.ReadNextBytes(cachedMessage.Segment, ref place))!);
    }

    /// <inheritdoc/>
    protected override ArraySegment<byte> EncodeMessageIntoSegment(EventData queueMessage, Func<int, ArraySegment<byte>> getSegment)
    {
        var message = HubMessages.Of(queueMessage);
        var bytes = _serializer.SerializeToArray(message);

        // The base class finds the offset at the beginning.
        var segment = getSegment(SegmentBuilder.CalculateAppendSize(message.Offset) + SegmentBuilder.CalculateAppendSize(bytes));
        var place = 0;
        SegmentBuilder.Append(segment, ref place, message.Offset);
        SegmentBuilder.Append(segment, ref place, bytes);
        return segment;
    }
}
