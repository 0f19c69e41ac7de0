using System.Buffers;

namespace Guard.Core.Clicks;

/// <summary>
/// Takes raw events of one partition in, one after another: decodes them, quarantines what is invalid, and admits the rest
/// (see <see cref="Admission"/>). Not safe for concurrent use.
/// </summary>
public sealed class EventIntake
{
    private readonly EventDecoder _decoder;
    private readonly Admission _admission;
    private readonly IQuarantine _quarantine;
    private readonly int _quarantineBytes;

    /// <summary>Starts with an empty state.</summary>
    /// <param name="options">The options.</param>
    /// <param name="hash">Hashes identities.</param>
    /// <param name="quarantine">Where invalid events go.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public EventIntake(IntakeOptions options, KeyedHash hash, IQuarantine quarantine)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(hash);
        ArgumentNullException.ThrowIfNull(quarantine);
        _admission = new Admission(options);
        _decoder = new EventDecoder(hash, options.FutureSkew);
        _quarantine = quarantine;
        _quarantineBytes = options.QuarantineBytes;
    }

    /// <summary>Gets what was counted since the start of the process; the counts are no part of the saved state.</summary>
    public IntakeCounts Counts => _admission.Counts;

    /// <summary>Gets the number of the last click; 0 before the first.</summary>
    public long Sequence => _admission.Sequence;

    /// <summary>Gets the time of the newest click in Unix milliseconds; <see cref="long.MinValue"/> before the first.</summary>
    public long Watermark => _admission.Watermark;

    /// <summary>Takes one event in.</summary>
    /// <param name="json">One CloudEvent as a JSON object in UTF-8.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="now">The host's clock in Unix milliseconds, or <see cref="EventDecoder.NoClock"/>.</param>
    /// <param name="batch">Where it is appended if it is valid and new; else the batch stays as it is.</param>
    public IntakeOutcome Take(ReadOnlySpan<byte> json, in EventPosition position, long now, EventBatch batch)
    {
        var rejection = _decoder.Decode(json, now, out var decoded);
        if (rejection.IsRejected)
        {
            Reject(rejection, position, json, json.Length);
            return IntakeOutcome.Rejected;
        }

        var outcome = _admission.Admit(decoded.Arrival, out var sequence, out var lateness);
        if (outcome == IntakeOutcome.Accepted)
        {
            decoded.AppendTo(batch, sequence, lateness);
        }

        return outcome;
    }

    /// <summary>Counts and quarantines what is so broken that its source cannot even hand it over whole.</summary>
    /// <param name="rejection">What is wrong.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="head">Its first bytes; what is longer than the quarantine keeps is cut.</param>
    /// <param name="length">Its whole length.</param>
    public void Reject(in Rejection rejection, in EventPosition position, ReadOnlySpan<byte> head, long length)
    {
        Counts.AddRejection(rejection.Reason);
        _quarantine.Add(new RejectedEvent
        {
            Rejection = rejection,
            Position = position,
            Raw = head.Length > _quarantineBytes ? head[.._quarantineBytes] : head,
            Length = length,
        });
    }

    /// <summary>Writes sequence, watermark and the duplicate window; equal states give equal bytes.</summary>
    public void Save(IBufferWriter<byte> writer) => _admission.Save(writer);

    /// <summary>Replaces the state by one that <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such state; the intake is then as it was.</exception>
    public void Restore(ReadOnlySpan<byte> bytes) => _admission.Restore(bytes);
}
