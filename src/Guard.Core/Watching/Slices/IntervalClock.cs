using System.Buffers;
using Guard.Core.Counters;

namespace Guard.Core.Watching.Slices;

/// <summary>Tells which five-minute intervals of event time are over.</summary>
/// <remarks>
/// Event time goes on with the host's clock from the arrival of the newest click, so traffic that stops altogether is seen as well; what is sent faster
/// or slower than it happened is measured in its own time. After a gap of more than half a day only the last half day of it is told.
/// </remarks>
/// <param name="allowance">How long after its end an interval is over: as long as clicks may be late.</param>
public sealed class IntervalClock(TimeSpan allowance)
{
    private const uint Kind = 0x4B4C4349; // "ICLK"
    private const int Version = 1;
    private const string Name = "interval clock";

    // With the greatest allowance these lie within the day that the tallies hold by five minutes.
    private const long MostTold = 24 * EventGrid.IntervalsInHour / 2;

    private readonly long _allowance = (long)allowance.TotalMilliseconds;
    private long _newest = long.MinValue;
    private long _arrival;
    private long _time = long.MinValue;
    private long _over;

    /// <summary>Gets whether there was a click.</summary>
    public bool HasBegun => _newest != long.MinValue;

    /// <summary>Gets the number since 1970 of the interval that is over next. The first one was under way before the first click and is not told.</summary>
    public long Next { get; private set; }

    /// <summary>Moves event time on.</summary>
    /// <param name="newest">The event time of the newest click; <see cref="long.MinValue"/> before the first.</param>
    /// <param name="arrival">The host's clock when what came last arrived, or now where nothing did, in Unix milliseconds.</param>
    public void Advance(long newest, long arrival)
    {
        if (newest == long.MinValue)
        {
            return;
        }

        if (!HasBegun)
        {
            Next = EventGrid.Interval(newest) + 1;
        }

        if (newest > _newest)
        {
            (_newest, _arrival) = (newest, arrival);
        }

        _time = Math.Max(_time, _newest + Math.Max(0, arrival - _arrival));
        _over = EventGrid.Interval(Math.Max(0, _time - _allowance));
        Next = Math.Max(Next, _over - MostTold);
    }

    /// <summary>Gets the next interval that is over, or <see langword="false"/> where none is.</summary>
    public bool TryClose(out long interval)
    {
        interval = Next;
        if (Next >= _over)
        {
            return false;
        }

        Next++;
        return true;
    }

    /// <summary>Writes the whole state as a block with format version and checksum.</summary>
    public void Save(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var body = new BlockBody();
        Write(body);
        body.Finish(output, Kind, Version);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="saved">The bytes, all of them.</param>
    /// <param name="allowance">As for a new one.</param>
    /// <exception cref="StateFormatException">The bytes are damaged, cut short, or of another kind or version.</exception>
    public static IntervalClock Restore(ReadOnlySpan<byte> saved, TimeSpan allowance)
    {
        var reader = new BlockReader(saved, Kind, Version, Name);
        var clock = Read(ref reader, allowance);
        reader.Finish();
        return clock;
    }

    internal void Write(BlockBody body)
    {
        body.Write(_newest);
        body.Write(_arrival);
        body.Write(_time);
        body.Write(Next);
    }

    internal static IntervalClock Read(ref BlockReader reader, TimeSpan allowance) =>
        new(allowance) { _newest = reader.ReadInt64(), _arrival = reader.ReadInt64(), _time = reader.ReadInt64(), Next = reader.ReadInt64() };
}
