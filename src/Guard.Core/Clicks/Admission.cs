using System.Buffers;
using System.Buffers.Binary;

namespace Guard.Core.Clicks;

/// <summary>
/// The ordered half of intake, for one partition: drops duplicates, marks late clicks and numbers clicks from 1 without
/// gaps. The same arrivals in the same order give the same outcomes and the same state. Not safe for concurrent use.
/// </summary>
/// <remarks>
/// A click older than the partition's newest click is <see cref="ClickTraits.Late"/> within the allowance and
/// <see cref="ClickTraits.TooLate"/> beyond it; both are numbered and decided. Purchases and telemetry are never late.
/// </remarks>
public sealed class Admission
{
    private const byte FormatVersion = 1;
    private const int HeaderBytes = 1 + 2 * sizeof(long);

    private readonly DuplicateWindow _window;
    private readonly long _allowance;

    /// <summary>Starts with an empty state.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public Admission(IntakeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _window = new DuplicateWindow(options.DuplicateWindow, options.DuplicateCapacity);
        _allowance = (long)options.LateAllowance.TotalMilliseconds;
    }

    /// <summary>Gets what was counted since the start of the process; the counts are no part of the saved state.</summary>
    public IntakeCounts Counts { get; } = new();

    /// <summary>Gets the number of the last click; 0 before the first.</summary>
    public long Sequence { get; private set; }

    /// <summary>Gets the time of the newest click in Unix milliseconds; <see cref="long.MinValue"/> before the first.</summary>
    public long Watermark { get; private set; } = long.MinValue;

    /// <summary>Admits an arrival, or finds that it is a duplicate, which changes no more than how far the window has moved.</summary>
    /// <param name="arrival">The arrival.</param>
    /// <param name="sequence">The number of an admitted click; 0 for any other.</param>
    /// <param name="lateness">Of an admitted click: nothing, <see cref="ClickTraits.Late"/> or <see cref="ClickTraits.TooLate"/>.</param>
    public IntakeOutcome Admit(in Arrival arrival, out long sequence, out ClickTraits lateness)
    {
        sequence = 0;
        lateness = ClickTraits.None;
        if (arrival.Key != 0 && !_window.Add(arrival.Key, arrival.Time))
        {
            Counts.Duplicates++;
            return IntakeOutcome.Duplicate;
        }

        switch (arrival.Kind)
        {
            case EventKind.Click:
                sequence = ++Sequence;
                lateness = Lateness(arrival.Time);
                Counts.Clicks++;
                break;
            case EventKind.Purchase:
                Counts.Purchases++;
                break;
            default:
                Counts.Telemetry++;
                break;
        }

        return IntakeOutcome.Accepted;
    }

    /// <summary>Brings the state to where it was after an arrival whose outcome is known. What was counted stays as it is.</summary>
    /// <param name="arrival">The arrival.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="sequence">The number that it got; 0 where it got none.</param>
    public void Replay(in Arrival arrival, IntakeOutcome outcome, long sequence)
    {
        if (arrival.Key != 0)
        {
            _window.Add(arrival.Key, arrival.Time);
        }

        if (arrival.Kind == EventKind.Click && outcome == IntakeOutcome.Accepted)
        {
            Sequence = sequence;
            Watermark = Math.Max(Watermark, arrival.Time);
        }
    }

    /// <summary>Leaves a gap in the numbers, where a state that was restored knows clicks which the arrivals do not.</summary>
    /// <param name="sequence">The last number to leave out; a lower one than <see cref="Sequence"/> changes nothing.</param>
    public void SkipTo(long sequence) => Sequence = Math.Max(Sequence, sequence);

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
    /// <exception cref="InvalidDataException">The bytes are no such state; the admission is then as it was.</exception>
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
