namespace Guard.Grains.Ingest;

/// <summary>Maps a message to the CloudEvents that it carries. Safe for concurrent use; no message makes it throw.</summary>
public interface IHubMapping
{
    /// <summary>Maps a message.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="message">The message.</param>
    /// <param name="events">Where its events are appended, in order.</param>
    void Map(int partition, HubMessage message, ICollection<HubEvent> events);
}
