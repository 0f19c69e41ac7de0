using System.Globalization;
using Guard.Core.Lifecycle;
using Guard.Grains.Ingest;
using Orleans.Serialization;

namespace Guard.Grains.Intake;

/// <summary>
/// The logs of the HTTP partitions: groups of messages under <c>events/{partition}/{first message}</c>, each created once.
/// Each begins with the message after the last one's end, so that two writers of one partition meet at the first group that
/// both write. Safe for concurrent use.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="serializer">Writes and reads groups.</param>
public sealed class EventLog(IArtifactStore store, Serializer serializer) : IHubReader
{
    private const string Folder = "events";

    /// <summary>Writes a group; the same one again changes nothing.</summary>
    /// <exception cref="ArtifactConflictException">Somebody else wrote a group from this message on.</exception>
    public async Task CreateAsync(EventGroup group, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        await store.CreateAsync(PathOf(group.Partition, group.FirstMessage), serializer.SerializeToArray(group), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<HubMessage>> ReadAsync(int partition, long from, int maximum, CancellationToken cancellationToken = default)
    {
        var group = await FindAsync(partition, from, cancellationToken);
        return group is null ? [] : [.. Messages(group).SkipWhile(message => message.SequenceNumber < from).Take(maximum)];
    }

    /// <summary>Gets the partitions of which a log is kept.</summary>
    public async Task<IReadOnlyCollection<int>> PartitionsAsync(CancellationToken cancellationToken = default)
    {
        var partitions = new HashSet<int>();
        await foreach (var path in store.ListAsync(Folder, cancellationToken))
        {
            partitions.Add(int.Parse(path.AsSpan(Folder.Length + 1, 5), provider: CultureInfo.InvariantCulture));
        }

        return partitions;
    }

    /// <summary>Gets the numbers of the first messages of a partition's groups, in order.</summary>
    public async Task<IReadOnlyList<long>> StartsAsync(int partition, CancellationToken cancellationToken = default)
    {
        var starts = new List<long>();
        await foreach (var path in store.ListAsync(FolderOf(partition), cancellationToken))
        {
            starts.Add(long.Parse(path.AsSpan(path.LastIndexOf('/') + 1), provider: CultureInfo.InvariantCulture));
        }

        return starts;
    }

    /// <summary>Deletes a group.</summary>
    public ValueTask DeleteAsync(int partition, long firstMessage, CancellationToken cancellationToken = default) => store.DeleteAsync(PathOf(partition, firstMessage), cancellationToken);

    /// <summary>Gets a group's messages.</summary>
    public static IEnumerable<HubMessage> Messages(EventGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Bodies.Select((body, index) => new HubMessage
        {
            SequenceNumber = group.FirstMessage + index,
            Offset = (group.FirstMessage + index).ToString(CultureInfo.InvariantCulture),
            EnqueuedTime = body.Time,
            Body = body.Events,
        });
    }

    // The group that begins with a message, or holds it, or is the first after it.
    private async ValueTask<EventGroup?> FindAsync(int partition, long message, CancellationToken cancellationToken)
    {
        if (await ReadAsync(PathOf(partition, message), cancellationToken) is { } exact)
        {
            return exact;
        }

        var starts = await StartsAsync(partition, cancellationToken);
        var after = starts.Count(start => start < message);
        var holding = after == 0 ? null : await ReadAsync(PathOf(partition, starts[after - 1]), cancellationToken);
        return holding?.LastMessage >= message ? holding : after == starts.Count ? null : await ReadAsync(PathOf(partition, starts[after]), cancellationToken);
    }

    private async ValueTask<EventGroup?> ReadAsync(string path, CancellationToken cancellationToken) =>
        await store.ReadAsync(path, cancellationToken) is { } artifact ? serializer.Deserialize<EventGroup>(artifact.Content.Span) : null;

    private static string FolderOf(int partition) => $"{Folder}/{partition:D5}";

    private static string PathOf(int partition, long firstMessage) => $"{FolderOf(partition)}/{firstMessage:D20}";
}
