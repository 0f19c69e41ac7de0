using System.Globalization;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Microsoft.Extensions.Logging;
using Orleans.Streaming.EventHubs;

namespace Guard.Grains.Streaming;

/// <summary>
/// Reads a partition from a sequence number on. A position that the hub refuses, such as after the hub was made anew, does
/// not stop the partition: reading goes on with the earliest message, and the partition's grain finds out what is missing.
/// </summary>
internal sealed partial class HubReceiver : IEventHubReceiver
{
    private readonly string _partition;
    private readonly Func<EventPosition, OpenPartition> _open;
    private readonly CachedPartitions _partitions;
    private readonly CachedMessages _cached;
    private readonly ILogger _logger;
    private OpenPartition _client;
    private bool _atEarliest;

    /// <summary>Opens the partition.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="position">The sequence number of the last message that is done, or the mark for the stream's start.</param>
    /// <param name="open">Opens the partition at a position.</param>
    /// <param name="partitions">Learns what goes into the stream's cache.</param>
    /// <param name="logger">Takes the alert of a refused position.</param>
    public HubReceiver(string partition, string position, Func<EventPosition, OpenPartition> open, CachedPartitions partitions, ILogger logger)
    {
        (_partition, _open, _partitions, _logger) = (partition, open, partitions, logger);
        _cached = partitions.Open(partition);
        _atEarliest = position == HubCheckpointer.StartOfStream;
        _client = open(_atEarliest ? EventPosition.Earliest : EventPosition.FromSequenceNumber(long.Parse(position, CultureInfo.InvariantCulture), isInclusive: false));
    }

    /// <inheritdoc/>
    public Task<IEnumerable<EventData>> ReceiveAsync(int maxCount, TimeSpan waitTime) => ReceiveAsync(maxCount, waitTime, CancellationToken.None);

    /// <inheritdoc/>
    public async Task<IEnumerable<EventData>> ReceiveAsync(int maxCount, TimeSpan waitTime, CancellationToken cancellationToken)
    {
        EventData[] messages = [.. await ReadAsync(maxCount, waitTime, cancellationToken)];
        if (messages.Length > 0)
        {
            _cached.Received(messages[^1].SequenceNumber, messages[0].EnqueuedTime.ToUnixTimeMilliseconds());
        }

        return messages;
    }

    /// <inheritdoc/>
    public Task CloseAsync() => CloseAsync(CancellationToken.None);

    /// <inheritdoc/>
    public Task CloseAsync(CancellationToken cancellationToken)
    {
        _partitions.Close(_partition, _cached);
        return _client.CloseAsync(cancellationToken);
    }

    private async Task<IEnumerable<EventData>> ReadAsync(int maxCount, TimeSpan waitTime, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.ReceiveAsync(maxCount, waitTime, cancellationToken);
        }
        catch (ArgumentException exception) when (!_atEarliest)
        {
            // The client gives AMQP's argument error as this exception: the position is none of the hub's.
            LogRefused(_partition, exception.GetType().Name);
            _atEarliest = true;
            await _client.CloseAsync(cancellationToken);
            _client = _open(EventPosition.Earliest);
            return await _client.ReceiveAsync(maxCount, waitTime, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Partition {Partition}: the hub refused the committed position ({Reason}); reading goes on with the earliest message.")]
    private partial void LogRefused(string partition, string reason);
}
