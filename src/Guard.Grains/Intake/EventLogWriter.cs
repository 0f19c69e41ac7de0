using Guard.Core.Lifecycle;

namespace Guard.Grains.Intake;

/// <summary>
/// Appends to one partition's log, and deletes what is committed. Lives on one activation's thread, one append at a time.
/// </summary>
/// <remarks>
/// Another activation that took the partition over has written the group that this one would write, and the store refuses
/// it; unless that group was deleted since, which happens <see cref="s_kept"/> after it was written at the earliest, in
/// order, and never to the newest. So who was held up for that long looks whether the log went on without it.
/// </remarks>
/// <param name="partition">The partition.</param>
/// <param name="log">The log.</param>
/// <param name="retries">Tries the store again.</param>
/// <param name="time">Measures how old groups are.</param>
internal sealed class EventLogWriter(int partition, EventLog log, Retries retries, TimeProvider time)
{
    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(1);
    private readonly Guid _writer = Guid.NewGuid();
    private readonly Queue<(long First, long Last, long Written)> _groups = [];
    private long _next;
    private long _known;

    /// <summary>Begins behind what the log holds.</summary>
    /// <param name="last">The number of the log's last message; −1 where it holds none.</param>
    /// <param name="since">When it was read to its end, as a timestamp of the clock.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task BeginAsync(long last, long since, CancellationToken cancellationToken)
    {
        (_next, _known) = (last + 1, since);
        var starts = await retries.RunAsync(() => log.StartsAsync(partition, cancellationToken), cancellationToken);
        for (var index = 0; index < starts.Count; index++)
        {
            _groups.Enqueue((starts[index], index + 1 < starts.Count ? starts[index + 1] - 1 : last, time.GetTimestamp()));
        }
    }

    /// <summary>Appends messages; ends when they are durable.</summary>
    /// <exception cref="ArtifactConflictException">Somebody else appends to the log.</exception>
    public async Task<EventGroup> AppendAsync(SentBody[] bodies, CancellationToken cancellationToken)
    {
        var sent = time.GetTimestamp();
        var group = new EventGroup { Partition = partition, FirstMessage = _next, Writer = _writer, Bodies = bodies };
        await retries.RunAsync(() => log.CreateAsync(group, cancellationToken), cancellationToken);
        if (time.GetElapsedTime(_known) > s_kept / 2 && (await retries.RunAsync(() => log.StartsAsync(partition, cancellationToken), cancellationToken))[^1] != _next)
        {
            throw new ArtifactConflictException($"Partition {partition}: the log went on without this activation, which was held up.");
        }

        _groups.Enqueue((_next, group.LastMessage, time.GetTimestamp()));
        (_next, _known) = (group.LastMessage + 1, sent);
        return group;
    }

    /// <summary>Deletes groups that are committed and old enough.</summary>
    /// <param name="committed">The number of the last message that nobody needs any more.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task TrimAsync(long committed, CancellationToken cancellationToken)
    {
        while (_groups.Count > 1 && _groups.Peek() is var oldest && oldest.Last <= committed && time.GetElapsedTime(oldest.Written) > s_kept)
        {
            await log.DeleteAsync(partition, oldest.First, cancellationToken);
            _groups.Dequeue();
        }
    }
}
