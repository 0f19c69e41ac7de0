using Guard.Grains.Intake;
using Orleans.Concurrency;

namespace Guard.Grains.Ingest;

/// <summary>Takes one partition in: numbers its clicks, counts, decides and hands decisions on. Its key is the partition's number.</summary>
[Alias("guard.IIngestGrain")]
public interface IIngestGrain : IGrainWithStringKey
{
    /// <summary>Takes messages in, in order. Those seen before are skipped, those missing before the first are read from the hub. Ends when the decisions are durable.</summary>
    [Alias("Deliver")]
    Task DeliverAsync(IReadOnlyList<HubMessage> messages);

    /// <summary>Takes in what producers sent over HTTP. Ends when it is durable and decided; called again, events that were taken in count as duplicates.</summary>
    /// <returns>A receipt a body, in order.</returns>
    [Alias("Send")]
    [AlwaysInterleave]
    Task<BodyReceipt[]> SendAsync(IReadOnlyList<SentBody> bodies);

    /// <summary>Takes in what the hub holds and the stream did not deliver, such as after a crash with no new message.</summary>
    /// <returns>How many messages that were.</returns>
    [Alias("CatchUp")]
    Task<long> CatchUpAsync();

    /// <summary>Saves everything up to the last message, then moves the committed position there.</summary>
    [Alias("Commit")]
    Task<IngestStatus> CommitAsync();

    /// <summary>Gets how long the oldest message has waited that the partition took in and has not decided.</summary>
    [Alias("QueueAge")]
    [AlwaysInterleave]
    Task<TimeSpan> QueueAgeAsync();

    /// <summary>Gets where the partition stands.</summary>
    [Alias("Status")]
    Task<IngestStatus> StatusAsync();
}
