using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Scoring;
using Guard.Core.Watching.Slices;
using Guard.Grains.Counting;
using Guard.Grains.Deciding;

namespace Guard.Grains.Watching;

/// <summary>One partition's traffic: a function of its segments, in their order. Not safe for concurrent use.</summary>
internal sealed class PartitionTraffic
{
    private const int NewestRows = 1_000;
    private readonly Queue<SegmentRejection> _rejections = new();
    private readonly Queue<(long Interval, byte[] Sums)> _intervals = new();
    private readonly IntervalClock _clock;
    private long _arrived;

    public PartitionTraffic(TrafficState state, ClusterOptions options)
    {
        var allowance = WatchingOptions.MetricsOf(options.Intake).LateAllowance;
        (Tallies, _clock) = (new SliceTallies(options.Watching.Slices), new IntervalClock(allowance));
        (Last, Totals, _arrived) = (state.Last, state.Totals, state.Arrived);
        Array.ForEach(state.Rejections, _rejections.Enqueue);
        if (state.Tallies.Length == 0)
        {
            return;
        }

        try
        {
            (Tallies, _clock) = (SliceTallies.Restore(state.Tallies, options.Watching.Slices), IntervalClock.Restore(state.Clock, allowance));
            Array.ForEach(state.Intervals, sums => _intervals.Enqueue((IntervalSums.FromBytes(sums).Interval, sums)));
        }
        catch (StateFormatException exception)
        {
            // A build with another format: slices begin anew, and the partition goes on.
            Unread = exception.Message;
        }
    }

    /// <summary>Gets why the saved tallies could not be read, so that slices begin anew; <see langword="null"/> otherwise.</summary>
    public string? Unread { get; }

    /// <summary>Gets the last message whose segment is tallied; −1 before the first.</summary>
    public long Last { get; private set; }

    public SliceTallies Tallies { get; }

    public PartitionTotals Totals { get; private set; }

    /// <summary>Gets the newest rows in quarantine, oldest first.</summary>
    public IReadOnlyCollection<SegmentRejection> Rejections => _rejections;

    /// <summary>Gets the clicks of a segment.</summary>
    public static ReadOnlySpan<DecidedRow> RowsOf(DecisionSegment segment) => segment.Rows.Length == 0 ? [] : RowBytes.Read<DecidedRow>(segment.Rows);

    /// <summary>Takes the segment that follows.</summary>
    public void Apply(DecisionSegment segment)
    {
        var rows = RowsOf(segment);
        var purchases = segment.Purchases.Length == 0 ? [] : RowBytes.Read<PurchaseRow>(segment.Purchases);
        Span<long> verdicts = stackalloc long[3];
        verdicts.Clear();
        foreach (ref readonly var row in rows)
        {
            verdicts[row.Verdict]++;
            Tallies.Add(row.Time, row.Click, Slice.FromCode(row.Slice), row.Score, row.Verdict != (int)Verdict.Valid);
        }

        foreach (ref readonly var purchase in purchases)
        {
            Tallies.Add([new Purchase(purchase.Time, purchase.Click, purchase.User, purchase.Order, purchase.ValueMicros)]);
        }

        var notes = segment.Notes ?? new SegmentNotes { Arrived = Tallies.Newest };
        Totals = Totals.Plus(new PartitionTotals
        {
            Clicks = rows.Length,
            GeneralInvalid = verdicts[(int)Verdict.GeneralInvalid],
            SophisticatedInvalid = verdicts[(int)Verdict.SophisticatedInvalid],
            Purchases = purchases.Length,
            Telemetry = notes.Telemetry,
            Duplicates = notes.Duplicates,
            Quarantined = notes.Rejections.CountBy(static row => row.Reason).ToDictionary(static pair => pair.Key, static pair => (long)pair.Value),
        });
        foreach (var rejection in notes.Rejections)
        {
            if (_rejections.Count == NewestRows)
            {
                _rejections.Dequeue();
            }

            _rejections.Enqueue(rejection);
        }

        Last = segment.LastMessage;
        _arrived = Math.Max(_arrived, notes.Arrived);
        PassTime(_arrived);
    }

    /// <summary>Lets time pass since the last segment, so that traffic which stopped is told of as well.</summary>
    public void Wait(TimeSpan since) => PassTime(_arrived + (long)since.TotalMilliseconds);

    /// <summary>Gets intervals that are over, and forgets those that the caller has durably.</summary>
    public PartitionIntervals IntervalsAfter(long after, int maximum)
    {
        while (_intervals.TryPeek(out var oldest) && oldest.Interval <= after)
        {
            _intervals.Dequeue();
        }

        (long Interval, byte[] Sums)[] given = [.. _intervals.Take(maximum)];
        return new PartitionIntervals(_clock.HasBegun, given.Length < _intervals.Count ? given[^1].Interval + 1 : _clock.Next, [.. given.Select(static one => one.Sums)]);
    }

    /// <summary>Goes on after segments that are not kept any more.</summary>
    public void SkipTo(long last) => Last = last;

    public TrafficState ToState(DateTimeOffset now)
    {
        var (tallies, clock) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        Tallies.Save(tallies);
        _clock.Save(clock);
        return new TrafficState
        {
            Last = Last,
            Tallies = tallies.WrittenSpan.ToArray(),
            Clock = clock.WrittenSpan.ToArray(),
            Totals = Totals,
            Rejections = [.. _rejections],
            Intervals = [.. _intervals.Select(static one => one.Sums)],
            Arrived = _arrived,
            Saved = now,
        };
    }

    private void PassTime(long arrival)
    {
        _clock.Advance(Tallies.Newest, arrival);
        while (_clock.TryClose(out var interval))
        {
            _intervals.Enqueue((interval, IntervalSums.Of(Tallies, interval).ToBytes()));
        }
    }
}
