using System.Buffers;
using System.Buffers.Binary;

namespace Guard.Core.Clicks;

/// <summary>
/// Takes raw events of one partition in: decodes them, quarantines what is invalid, drops duplicates, marks late clicks
/// and numbers clicks from 1 without gaps. Not safe for concurrent use.
/// </summary>
/// <remarks>
/// A click older than the partition's newest click is <see cref="ClickTraits.Late"/> within the allowance and
/// <see cref="ClickTraits.TooLate"/> beyond it; both are numbered and decided. Purchases and telemetry are never late.
/// </remarks>
public sealed class EventIntake
{
    private const byte FormatVersion = 1;
    private const int HeaderBytes = 1 + 2 * sizeof(long);

    private readonly EventDecoder _decoder;
    private readonly DuplicateWindow _window;
    private readonly IQuarantine _quarantine;
    private readonly long _allowance;
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
        options.Validate();
        _decoder = new EventDecoder(hash, options.FutureSkew);
        _window = new DuplicateWindow(options.DuplicateWindow, options.DuplicateCapacity);
        _quarantine = quarantine;
        _allowance = (long)options.LateAllowance.TotalMilliseconds;
        _quarantineBytes = options.QuarantineBytes;
    }

    /// <summary>Gets what was counted since the start of the process; the counts are no part of the saved state.</summary>
    public IntakeCounts Counts { get; } = new();

    /// <summary>Gets the number of the last click; 0 before the first.</summary>
    public long Sequence { get; private set; }

    /// <summary>Gets the time of the newest click in Unix milliseconds; <see cref="long.MinValue"/> before the first.</summary>
    public long Watermark { get; private set; } = long.MinValue;

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

        if (!_window.Add(decoded.Key, decoded.Time))
        {
            Counts.Duplicates++;
            return IntakeOutcome.Duplicate;
        }

        switch (decoded.Kind)
        {
            case EventKind.Click:
                decoded.AppendTo(batch, ++Sequence, Lateness(decoded.Time));
                Counts.Clicks++;
                break;
            case EventKind.Purchase:
                decoded.AppendTo(batch, 0);
                Counts.Purchases++;
                break;
            default:
                decoded.AppendTo(batch, 0);
                Counts.Telemetry++;
                break;
        }

        return IntakeOutcome.Accepted;
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
    public void Save(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var header = writer.GetSpan(HeaderBytes);
        header[0] = FormatVersion;
        BinaryPrimitives.WriteInt64LittleEndian(header[1..], Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(header[9..], Watermark);
        writer.Advance(HeaderBytes);
        _window.Save(writer);
    }

    /// <summary>Replaces the state by one that <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such state; the intake is then as it was.</exception>
    public void Restore(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || bytes[0] != FormatVersion)
        {
            throw new InvalidDataException("The saved intake is cut short or of another version.");
        }

        var window = bytes[HeaderBytes..];
        _window.Restore(ref window);
        Sequence = BinaryPrimitives.ReadInt64LittleEndian(bytes[1..]);
        Watermark = BinaryPrimitives.ReadInt64LittleEndian(bytes[9..]);
    }

    private ClickTraits Lateness(long time)
    {
        if (time >= Watermark)
        {
            Watermark = time;
            return ClickTraits.None;
        }

        if (Watermark - time <= _allowance)
        {
            Counts.Late++;
            return ClickTraits.Late;
        }

        Counts.TooLate++;
        return ClickTraits.TooLate;
    }
}
