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
/// <para>Event time goes on with the host's clock from the arrival of the newest click, so traffic that stops altogether is seen as well; what is sent faster
/// or slower than it happened is measured in its own time. After a gap of more than half a day only the last half day of it is told.</para>
/// <para>State and readings depend on the tallies and the arrival times given, so a host that replays its log gets the readings that it logged, and drops
/// them. Not thread-safe.</para>
/// </remarks>
public sealed class SliceMetrics
{
    private const uint Kind = 0x54454D53; // "SMET"
    private const int Version = 1;
    private const string Name = "slice metrics";
    private const long DayIntervals = 24 * EventGrid.IntervalsInHour;
    private const long WeekIntervals = 7 * DayIntervals;

    // With the greatest allowance these lie within the day that the tallies hold by five minutes.
    private const long MostTold = DayIntervals / 2;

    private readonly SliceMetricsOptions _options;
    private readonly long _allowance;
    private readonly SortedDictionary<int, SliceSeries> _series = [];
    private readonly IntervalCounts[] _sums = new IntervalCounts[Slice.Count];
    private long _newest = long.MinValue;
    private long _arrival;
    private long _time = long.MinValue;
    private long _next;

    /// <summary>Starts before the first interval.</summary>
    /// <param name="options">Which slices to tell of; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public SliceMetrics(SliceMetricsOptions? options = null)
    {
        _options = options ?? new SliceMetricsOptions();
        _options.Validate();
        _allowance = (long)_options.LateAllowance.TotalMilliseconds;
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
        if (tallies.Newest == long.MinValue)
        {
            return;
        }

        if (_newest == long.MinValue)
        {
            // The first interval was under way before the first click.
            _next = EventGrid.Interval(tallies.Newest) + 1;
            _series.Add(Slice.All.Code, new SliceSeries(Slice.All) { LastInterval = _next - 1 });
        }

        if (tallies.Newest > _newest)
        {
            (_newest, _arrival) = (tallies.Newest, arrival);
        }

        _time = Math.Max(_time, _newest + Math.Max(0, arrival - _arrival));
        var over = EventGrid.Interval(Math.Max(0, _time - _allowance));
        for (_next = Math.Max(_next, over - MostTold); _next < over; _next++)
        {
            Close(tallies, readings);
        }
    }

    /// <summary>Writes the whole state as a block with format version and checksum. The same state gives the same bytes.</summary>
    public void Save(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var body = new BlockBody();
        body.Write(_newest);
        body.Write(_arrival);
        body.Write(_time);
        body.Write(_next);
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
        var metrics = new SliceMetrics(options)
        {
            _newest = reader.ReadInt64(),
            _arrival = reader.ReadInt64(),
            _time = reader.ReadInt64(),
            _next = reader.ReadInt64(),
        };
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

    private void Close(SliceTallies tallies, ICollection<TelemetryPoint> readings)
    {
        Array.Clear(_sums);
        tallies.SumInto(_sums, _next, _next);
        var time = (_next + 1) * EventGrid.IntervalLength;
        foreach (var (code, series) in _series)
        {
            series.Tell(_next, time, _sums[code], tallies.Matured(code), _options, readings);
        }

        if ((_next + 1) % EventGrid.IntervalsInHour == 0)
        {
            Choose(tallies);
        }
    }

    /// <summary>Gives streams to slices that have the traffic of late, and takes them from those that have had none for a week.</summary>
    private void Choose(SliceTallies tallies)
    {
        foreach (var code in _series.Where(series => series.Key != Slice.All.Code && _next - series.Value.LastInterval > WeekIntervals).Select(static series => series.Key).ToArray())
        {
            _series.Remove(code);
        }

        Array.Clear(_sums);
        tallies.SumInto(_sums, _next - DayIntervals + 1, _next);
        var chosen = Enumerable.Range(0, Slice.Count)
            .Where(code => _sums[code].Clicks >= _options.ClicksADay && !_series.ContainsKey(code))
            .OrderByDescending(code => _sums[code].Clicks)
            .ThenBy(static code => code)
            .Take(_options.Slices - _series.Count);
        foreach (var code in chosen.ToArray())
        {
            _series.Add(code, new SliceSeries(Slice.FromCode(code)) { LastInterval = _next, Told = tallies.Matured(code) });
        }
    }
}
