namespace Guard.Grains.Ingest;

/// <summary>Reads a partition's messages again, which a stream's cache may have let go. Safe for concurrent use.</summary>
public interface IHubReader
{
    /// <summary>Reads messages in order.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="from">The first number wanted. Where the hub no longer keeps it, the answer begins with the earliest that it keeps.</param>
    /// <param name="maximum">The greatest number of messages, at least 1.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The messages; none where there is none from there on.</returns>
    ValueTask<IReadOnlyList<HubMessage>> ReadAsync(int partition, long from, int maximum, CancellationToken cancellationToken = default);
}
