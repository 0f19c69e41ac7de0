using Guard.Grains.Intake;

namespace Guard.Grains.Ingest;

/// <summary>From the bodies of an HTTP partition to its messages.</summary>
internal sealed partial class IngestGrain
{
    private readonly Dictionary<long, BodyTally> _tallies = [];

    /// <inheritdoc/>
    public async Task<BodyReceipt[]> SendAsync(IReadOnlyList<SentBody> bodies)
    {
        ObjectDisposedException.ThrowIf(_failed, this);
        var log = _bodies ?? throw new InvalidOperationException($"Partition {_partition} takes its events from the hub.");
        using var wait = _waiting.Enter(bodies[0].Time);
        return await log.SendAsync(bodies);
    }

    private async Task<long> ReplayAsync()
    {
        await GuardedAsync(() => RefetchAsync(long.MaxValue));
        return _last;
    }

    private Task DecideAsync(IReadOnlyList<HubMessage> messages, IReadOnlyList<BodyTally> tallies) => GuardedAsync(async () =>
    {
        for (var index = 0; index < messages.Count; index++)
        {
            _tallies[messages[index].SequenceNumber] = tallies[index];
        }

        await TakeAsync(messages);
    });

    // What is replayed, nobody waits for.
    private BodyTally? TallyOf(HubMessage message)
    {
        if (_tallies.Remove(message.SequenceNumber, out var tally))
        {
            _answers.Add(tally);
        }

        return tally;
    }
}
