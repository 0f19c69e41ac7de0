using System.Globalization;
using Guard.Grains.Ingest;
using Orleans.Streams;

namespace Guard.Grains.Streaming;

/// <summary>
/// Where a partition's reading begins: after its committed position, by sequence number, since offsets differ between
/// regions. The stream's own progress moves nothing, because it runs ahead of what shards have saved.
/// </summary>
internal sealed class HubCheckpointer(ICommittedPositions positions, int partition) : IStreamQueueCheckpointer<string>
{
    /// <summary>The position before the first message, as Orleans' receiver spells it.</summary>
    public const string StartOfStream = "-1";

    /// <inheritdoc/>
    public bool CheckpointExists { get; private set; }

    /// <inheritdoc/>
    public Task<string> Load() => Load(CancellationToken.None);

    /// <inheritdoc/>
    public async Task<string> Load(CancellationToken cancellationToken)
    {
        var position = await positions.LoadAsync(partition, cancellationToken);
        CheckpointExists = position is not null;
        return position?.SequenceNumber.ToString(CultureInfo.InvariantCulture) ?? StartOfStream;
    }

    /// <inheritdoc/>
    public void Update(string offset, DateTime utcNow)
    {
        // Intentionally nothing: see above.
    }
}
