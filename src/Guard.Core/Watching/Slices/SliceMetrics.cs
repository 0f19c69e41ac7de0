using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Counters;

namespace Guard.Core.Watching.Slices;

/// <summary>
/// Closes the five-minute intervals of event time and reads Guard's own streams off the tallies: for <c>all</c> and each slice with enough traffic the
/// clicks of the interval, how long none came, IVR, mean score, and the FPR among clicks whose purchases came in since the last reading.
/// </summary>
/// <remarks>
/// <para>A rate rests on a least number of clicks; where an interval has fewer, it waits and joins the next. An interval without a click reads 0 clicks and a
/// missing rate, for as long as the slice had a click within a week. Readings bear the time of the interval's end.</para>
/// <para>Which intervals are over, an <see cref="IntervalClock"/> tells. A host of one partition calls <see cref="Advance"/>; one of several sums up what each
/// partition has of an interval and calls <see cref="Tell"/>.</para>
/// <para>State and readings depend on the tallies and the arrival times given, so a host that replays its log gets the readings that it logged, and drops
/// them. Not thread-safe.</para>
/// </remarks>
public sealed class SliceMetrics
{
    private const uint Kind = 0x54454D53; // "SMET"
    private const int Version = 1;
    private const string Name = "slice metrics";
    private const long WeekIntervals = 7 * 24 * EventGrid.IntervalsInHour;

    private readonly SliceMetricsOptions _options;
    private readonly SortedDictionary<int, SliceSeries> _series = [];
    private IntervalClock _clock;

    /// <summary>Starts before the first interval.</summary>
    /// <param name="options">Which slices to tell of; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public SliceMetrics(SliceMetricsOptions? options = null)
    {
        _options = options ?? new SliceMetricsOptions();
        _options.Validate();
        _clock = new IntervalClock(_options.LateAllowance);
    }

    /// <summary>Gets how many slices have streams.</summary>
    public int Slices => _series.Count;

    /// <summary>Moves event time on and closes the intervals that are over.</summary>
    /// <param name="tallies">The tallies, with all clicks and purchases up to now.</param>
    /// <param name="arrival">The host's clock when what was added last arrived, or now where nothing was, in Unix milliseconds.</param>
    /// <param name="readings">Where readings are appended, by time, then by slice.</param>
    public void Advance(SliceTallies tallies, long arrival, ICollection<TelemetryPoint> readings)
    {
        ArgumentNullException.ThrowIfNull(tallies);
        ArgumentNullException.ThrowIfNull(readings);
        var begins = !_clock.HasBegun;
        _clock.Advance(tallies.Newest, arrival);
        if (begins && _clock.HasBegun)
        {
            // The first interval was under way before the first click.
            _series.Add(Slice.All.Code, new SliceSeries(Slice.All) { LastInterval = EventGrid.Interval(tallies.Newest) });
        }

        while (_clock.TryClose(out var interval))
        {
            Tell(IntervalSums.Of(tallies, interval), readings);
        }
    }

    /// <summary>Tells of an interval that is over in all partitions, and later than those told before.</summary>
    /// <param name="sums">The sums of all partitions.</param>
    /// <param name="readings">Where readings are appended, by slice.</param>
    public void Tell(IntervalSums sums, ICollection<TelemetryPoint> readings)
    {
        ArgumentNullException.ThrowIfNull(sums);
        ArgumentNullException.ThrowIfNull(readings);
        if (_series.Count == 0)
        {
            _series.Add(Slice.All.Code, new SliceSeries(Slice.All) { LastInterval = sums.Interval - 1 });
        }

        var time = (sums.Interval + 1) * EventGrid.IntervalLength;
        foreach (var (code, series) in _series)
        {
            var slice = sums.Of(code);
            series.Tell(sums.Interval, time, slice.Counts, slice.Matured, _options, readings);
        }

        if (EndsHour(sums.Interval))
        {
            Choose(sums);
        }
    }

    /// <summary>Writes the whole state as a block with format version and checksum. The same state gives the same bytes.</summary>
    public void Save(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var body = new BlockBody();
        _clock.Write(body);
        body.Write(_series.Count);
        foreach (var (code, series) in _series)
        {
            body.Write(code);
            body.Write(series.LastInterval);
            body.Write(series.GatheredClicks);
            body.Write(series.GatheredInvalid);
            body.Write(series.GatheredScore);
            body.Write(series.Told.Purchased);
            body.Write(series.Told.Invalid);
        }

        body.Finish(output, Kind, Version);
    }

    /// <summary>Reads what <see cref="Save"/> wrote; the metrics go on as the saved ones would have.</summary>
    /// <param name="saved">The bytes, all of them.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults. They need not be those of the saved metrics.</param>
    /// <exception cref="StateFormatException">The bytes are damaged, cut short, or of another kind or version.</exception>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public static SliceMetrics Restore(ReadOnlySpan<byte> saved, SliceMetricsOptions? options = null)
    {
        var reader = new BlockReader(saved, Kind, Version, Name);
        var metrics = new SliceMetrics(options);
        metrics._clock = IntervalClock.Read(ref reader, metrics._options.LateAllowance);
        for (var left = reader.ReadInt32(0, Slice.Count); left > 0; left--)
        {
            var code = reader.ReadInt32(0, Slice.Count - 1);
            var series = new SliceSeries(Slice.FromCode(code))
            {
                LastInterval = reader.ReadInt64(),
                GatheredClicks = reader.ReadInt64(),
                GatheredInvalid = reader.ReadInt64(),
                GatheredScore = reader.ReadDouble(),
                Told = new MaturedCounts(reader.ReadInt64(), reader.ReadInt64()),
            };
            if (!metrics._series.TryAdd(code, series))
            {
                throw reader.Unsound();
            }
        }

        reader.Finish();
        return metrics;
    }

    internal static bool EndsHour(long interval) => (interval + 1) % EventGrid.IntervalsInHour == 0;

    /// <summary>Gives streams to slices that have the traffic of late, and takes them from those that have had none for a week.</summary>
    private void Choose(IntervalSums sums)
    {
        foreach (var code in _series.Where(series => series.Key != Slice.All.Code && sums.Interval - series.Value.LastInterval > WeekIntervals).Select(static series => series.Key).ToArray())
        {
            _series.Remove(code);
        }

        List<SliceSums> chosen = [];
        foreach (ref readonly var slice in sums.Slices)
        {
            if (slice.DayClicks >= _options.ClicksADay && !_series.ContainsKey(slice.Code))
            {
                chosen.Add(slice);
            }
        }

        foreach (var slice in chosen.OrderByDescending(static slice => slice.DayClicks).ThenBy(static slice => slice.Code).Take(_options.Slices - _series.Count).ToArray())
        {
            _series.Add(slice.Code, new SliceSeries(Slice.FromCode(slice.Code)) { LastInterval = sums.Interval, Told = slice.Matured });
        }
    }
}
