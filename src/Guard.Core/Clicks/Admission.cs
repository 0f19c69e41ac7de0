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
    /// <summary>How many parts the duplicate window has, by the upper bits of the key; each is saved and goes on by itself.</summary>
    public const int WindowParts = 64;

    private const byte FormatVersion = 2;
    private const byte OneWindowVersion = 1;
    private const int HeaderBytes = 1 + 2 * sizeof(long);
    private const int PartShift = 58;

    private readonly DuplicateWindow[] _windows = new DuplicateWindow[WindowParts];
    private readonly IntakeOptions _options;
    private readonly long _allowance;

    /// <summary>Starts with an empty state.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public Admission(IntakeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;

        // Keys are hashes: with six standard deviations above its share no part is full before the whole is.
        var share = (double)options.DuplicateCapacity / WindowParts;
        var capacity = (int)Math.Ceiling(share + 6 * Math.Sqrt(share));
        for (var part = 0; part < WindowParts; part++)
        {
            _windows[part] = new DuplicateWindow(capacity);
        }

        _allowance = (long)options.LateAllowance.TotalMilliseconds;
    }

    /// <summary>Gets what was counted since the start of the process; the counts are no part of the saved state.</summary>
    public IntakeCounts Counts { get; } = new();

    /// <summary>Gets the number of the last click; 0 before the first.</summary>
    public long Sequence { get; private set; }

    /// <summary>Gets the time of the newest click in Unix milliseconds; <see cref="long.MinValue"/> before the first.</summary>
    public long Watermark { get; private set; } = long.MinValue;

    /// <summary>Admits an arrival, or finds that it is a duplicate, which changes nothing.</summary>
    /// <param name="arrival">The arrival.</param>
    /// <param name="sequence">The number of an admitted click; 0 for any other.</param>
    /// <param name="lateness">Of an admitted click: nothing, <see cref="ClickTraits.Late"/> or <see cref="ClickTraits.TooLate"/>.</param>
    public IntakeOutcome Admit(in Arrival arrival, out long sequence, out ClickTraits lateness)
    {
        sequence = 0;
        lateness = ClickTraits.None;
        if (arrival.Key != 0 && !WindowOf(arrival.Key).Add(arrival.Key))
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

    /// <summary>Gets the part of the duplicate window to which a key belongs.</summary>
    public static int PartOf(ulong key) => (int)(key >> PartShift);

    /// <summary>Brings a part of the duplicate window to where it was after an arrival, whatever became of it. What was counted stays as it is.</summary>
    /// <param name="key">The arrival's key; 0 is no key.</param>
    public void ReplayKey(ulong key)
    {
        if (key != 0)
        {
            WindowOf(key).Add(key);
        }
    }

    /// <summary>Brings the numbers to where they were after a click was admitted.</summary>
    /// <param name="sequence">The number that it got.</param>
    /// <param name="time">Its time in Unix milliseconds.</param>
    public void ReplayNumber(long sequence, long time) => (Sequence, Watermark) = (sequence, Math.Max(Watermark, time));

    /// <summary>Leaves a gap in the numbers, where a state that was restored knows clicks which the arrivals do not.</summary>
    /// <param name="sequence">The last number to leave out; a lower one than <see cref="Sequence"/> changes nothing.</param>
    public void SkipTo(long sequence) => Sequence = Math.Max(Sequence, sequence);

    /// <summary>Writes sequence, watermark and the duplicate window; equal states give equal bytes.</summary>
    public void Save(IBufferWriter<byte> writer)
    {
        SaveNumbers(writer);
        for (var part = 0; part < WindowParts; part++)
        {
            SaveWindow(part, writer);
        }
    }

    /// <summary>Writes sequence and watermark alone.</summary>
    public void SaveNumbers(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var header = writer.GetSpan(HeaderBytes);
        header[0] = FormatVersion;
        BinaryPrimitives.WriteInt64LittleEndian(header[1..], Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(header[9..], Watermark);
        writer.Advance(HeaderBytes);
    }

    /// <summary>Writes one part of the duplicate window alone.</summary>
    public void SaveWindow(int part, IBufferWriter<byte> writer) => _windows[part].Save(writer);

    /// <summary>Replaces the state by one that <see cref="Save"/> wrote, now or before the duplicate window had parts.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such state; the admission is then as it was.</exception>
    public void Restore(ReadOnlySpan<byte> bytes)
    {
        var isOneWindow = bytes.Length >= HeaderBytes && bytes[0] == OneWindowVersion;
        var (sequence, watermark) = ReadNumbers(bytes, isOneWindow ? OneWindowVersion : FormatVersion);
        var rest = bytes[HeaderBytes..];
        if (isOneWindow)
        {
            var window = new DuplicateWindow(_options.DuplicateCapacity);
            window.Restore(ref rest);
            window.PartInto(_windows, PartShift);
        }
        else
        {
            var windows = Array.ConvertAll(_windows, window => new DuplicateWindow(window.Capacity));
            foreach (var window in windows)
            {
                window.Restore(ref rest);
            }

            windows.CopyTo(_windows, 0);
        }

        (Sequence, Watermark) = (sequence, watermark);
    }

    /// <summary>Replaces sequence and watermark by what <see cref="SaveNumbers"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such state; the admission is then as it was.</exception>
    public void RestoreNumbers(ReadOnlySpan<byte> bytes) => (Sequence, Watermark) = ReadNumbers(bytes, FormatVersion);

    /// <summary>Replaces one part of the duplicate window by what <see cref="SaveWindow"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such part; the part is then as it was.</exception>
    public void RestoreWindow(int part, ReadOnlySpan<byte> bytes) => _windows[part].Restore(ref bytes);

    private static (long Sequence, long Watermark) ReadNumbers(ReadOnlySpan<byte> bytes, byte version) =>
        bytes.Length >= HeaderBytes && bytes[0] == version
            ? (BinaryPrimitives.ReadInt64LittleEndian(bytes[1..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[9..]))
            : throw new InvalidDataException("The saved intake is cut short or of another version.");

    private DuplicateWindow WindowOf(ulong key) => _windows[PartOf(key)];

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
