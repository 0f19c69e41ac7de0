using System.Globalization;
using Azure.Messaging.EventHubs.Consumer;
using Guard.Grains.Ingest;

namespace Guard.Grains.Streaming;

/// <summary>Reads messages again with a receiver of its own, which is opened for the purpose and closed.</summary>
internal sealed class HubReader(HubStreamOptions options) : IHubReader
{
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<HubMessage>> ReadAsync(int partition, long from, int maximum, CancellationToken cancellationToken = default)
    {
        var open = OpenPartition.Of(options, partition.ToString(CultureInfo.InvariantCulture), EventPosition.FromSequenceNumber(from, isInclusive: true));
        try
        {
            return [.. (await open.ReceiveAsync(maximum, s_wait, cancellationToken)).Select(HubMessages.Of)];
        }
        finally
        {
            await open.CloseAsync(CancellationToken.None);
        }
    }
}
