using System.Globalization;
using Guard.Grains.Ingest;
using Orleans.Streams;

namespace Guard.Grains.Streaming;

/// <summary>Makes checkpointers over the committed positions.</summary>
internal sealed class HubCheckpointerFactory(ICommittedPositions positions) : IStreamQueueCheckpointerFactory
{
    /// <inheritdoc/>
    public Task<IStreamQueueCheckpointer<string>> Create(string partition) =>
        Task.FromResult<IStreamQueueCheckpointer<string>>(new HubCheckpointer(positions, int.Parse(partition, CultureInfo.InvariantCulture)));
}
