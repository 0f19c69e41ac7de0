using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Estimation.Detection;
using Guard.Core.Hosting;

namespace Guard.Core.Watching.Streams;

/// <summary>One detector for each telemetry stream, by name, and the alerts of all of them.</summary>
/// <remarks>
/// <para>A stream has as many dimensions as its first reading has values. When there are as many streams as there may be, a new one takes the place of
/// the one fed least recently if that was silent for <see cref="StreamRegistryOptions.IdleAfter"/>, and is refused otherwise: names made up by
/// mistake then cost neither a stream that is in use, as eviction alone would, nor for ever the place of one to come, as refusal alone would.</para>
/// <para>State depends on the readings and their order alone. Taking a reading allocates nothing but what a new or growing stream or an alert needs. Memory by
/// default: 40 MB of detectors, 64 MB and 23 MB more (32 readings a stream at least) of recent readings, 20 MB of alerts, at the very most.</para>
/// <para>Not thread-safe: who reads while another writes holds a lock, or reads between batches.</para>
/// </remarks>
public sealed class StreamRegistry
{
    private const uint Kind = 0x47455253; // "SREG"
    private const int Version = 1;
    private const string Name = "streams";

    private readonly StreamRegistryOptions _options;
    private readonly long _idleAfter;
    private readonly Dictionary<string, LinkedListNode<StreamWatch>> _streams = new(StringComparer.Ordinal);

    // The least recently fed first.
    private readonly LinkedList<StreamWatch> _order = new();
    private AlertBook _alerts;
    private long _newest = long.MinValue;
    private long _dimensions;
    private long _readingBytes;

    /// <summary>Starts without streams.</summary>
    /// <param name="options">How much to hold; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public StreamRegistry(StreamRegistryOptions? options = null)
    {
        _options = options ?? new StreamRegistryOptions();
        _options.Validate();
        _idleAfter = (long)_options.IdleAfter.TotalMilliseconds;
        _alerts = new AlertBook(_options.Alerts);

        // All detectors share tables that are computed once, which takes some 50 ms that no reading should wait for.
        _ = new StreamDetector(1, _options.DetectorOf(""));
    }

    /// <summary>Makes a registry of one stream whose detector learned elsewhere; an alert of it that goes on begins here.</summary>
    /// <param name="stream">The stream's name.</param>
    /// <param name="detector">What <see cref="StreamDetector.Save"/> wrote.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidDataException">The bytes are no detector.</exception>
    public static StreamRegistry Of(string stream, ReadOnlySpan<byte> detector, StreamRegistryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var registry = new StreamRegistry(options);
        var learned = StreamDetector.Restore(detector, registry._options.DetectorOf(stream));
        var watch = StreamWatch.Of(stream, learned);
        registry.Add(watch);
        if (learned.LatestAlert is { End: null })
        {
            registry._alerts.Begin(watch);
        }

        return registry;
    }

    /// <summary>Gets how many streams there are.</summary>
    public int Count => _streams.Count;

    /// <summary>Gets how many readings the detectors took.</summary>
    public long Taken { get; private set; }

    /// <summary>Gets how many readings were left out, whatever the reason.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Gets the number of the newest alert event; 0 before the first.</summary>
    public long LastEvent => _alerts.LastEvent;

    /// <summary>Gives a reading to its stream's detector.</summary>
    public StreamOutcome Take(TelemetryPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        var values = point.Values as double[] ?? [.. point.Values];
        var outcome = Find(point.Stream, values.Length, point.Time, out var watch);
        if (outcome != StreamOutcome.Taken)
        {
            LeftOut++;
            return outcome;
        }

        Taken++;
        _newest = Math.Max(_newest, point.Time);
        MakeRoom(watch!.Ring);
        switch (watch.Take(point.Time, values))
        {
            case AlertPhase.Started:
                _alerts.Begin(watch);
                break;
            case AlertPhase.Ended:
                _alerts.End(watch);
                break;
            default:
                break;
        }

        return StreamOutcome.Taken;
    }

    /// <summary>Lists the streams by name.</summary>
    public IReadOnlyList<StreamSummary> List() => [.. _order.OrderBy(static watch => watch.Name, StringComparer.Ordinal).Select(static watch => watch.Summary)];

    /// <summary>Finds a stream with its recent readings and alerts, or gets <see langword="null"/>.</summary>
    public StreamView? Find(string stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!_streams.TryGetValue(stream, out var node))
        {
            return null;
        }

        var watch = node.Value;
        var readings = new StreamReading[watch.Ring.Count];
        for (var index = 0; index < readings.Length; index++)
        {
            readings[index] = watch.Ring[index];
        }

        var alerts = _alerts.Kept.Where(alert => alert.Stream == stream).Reverse().Select(Now);
        return new StreamView(watch.Summary, readings, [.. alerts], [.. watch.Shifts]);
    }

    /// <summary>Lists alerts of all streams, newest first.</summary>
    /// <param name="maximum">The greatest number.</param>
    public IReadOnlyList<StreamAlert> Alerts(int maximum) => [.. _alerts.Kept.Reverse().Take(maximum).Select(Now)];

    /// <summary>Gets starts and ends of alerts with a number above a cursor, oldest first, as far as they are kept.</summary>
    /// <param name="after">The cursor, at least 0.</param>
    /// <param name="maximum">The greatest number.</param>
    public IReadOnlyList<AlertEvent> EventsAfter(long after, int maximum) => _alerts.EventsAfter(after, maximum);

    /// <summary>Writes the whole state as blocks with format version and checksum. The same state gives the same bytes.</summary>
    public void Save(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var body = new BlockBody();
        body.Write(_newest);
        body.Write(Taken);
        body.Write(LeftOut);
        body.Write(_streams.Count);
        body.Finish(output, Kind, Version);
        _alerts.Save(body, output);
        foreach (var watch in _order)
        {
            watch.Save(body, output);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote; the streams go on as the saved ones would have.</summary>
    /// <param name="saved">The bytes, all of them.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults. Streams beyond them are kept.</param>
    /// <exception cref="StateFormatException">The bytes are damaged, cut short, or of another kind or version.</exception>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public static StreamRegistry Restore(ReadOnlySpan<byte> saved, StreamRegistryOptions? options = null)
    {
        var registry = new StreamRegistry(options);
        var reader = new BlockReader(SavedBlocks.Take(ref saved, Name), Kind, Version, Name);
        registry._newest = reader.ReadInt64();
        registry.Taken = reader.ReadInt64();
        registry.LeftOut = reader.ReadInt64();
        var count = reader.ReadInt32(0, int.MaxValue);
        reader.Finish();
        registry._alerts = AlertBook.Restore(SavedBlocks.Take(ref saved, Name), registry._options.Alerts);
        for (; count > 0; count--)
        {
            var watch = StreamWatch.Restore(SavedBlocks.Take(ref saved, Name), registry._options);
            if (registry._streams.ContainsKey(watch.Name))
            {
                throw reader.Unsound();
            }

            registry.Add(watch);
        }

        return saved.IsEmpty ? registry : throw reader.Unsound();
    }

    private StreamAlert Now(StreamAlert alert) =>
        alert.Alert.End is null && _streams.TryGetValue(alert.Stream, out var node) && node.Value.OpenNumber == alert.Number ? node.Value.Open! : alert;

    private StreamOutcome Find(string stream, int dimension, long time, out StreamWatch? watch)
    {
        if (_streams.TryGetValue(stream, out var node))
        {
            watch = node.Value;
            if (watch.Dimension != dimension)
            {
                return StreamOutcome.OtherDimension;
            }

            if (time < watch.LastTime)
            {
                return StreamOutcome.OutOfOrder;
            }

            _order.Remove(node);
            _order.AddLast(node);
            return StreamOutcome.Taken;
        }

        watch = null;
        while (_streams.Count >= _options.Streams || _dimensions + dimension > _options.Dimensions)
        {
            if (dimension > _options.Dimensions || _order.First is not { } oldest || _newest - oldest.Value.LastTime < _idleAfter)
            {
                return StreamOutcome.NoRoom;
            }

            Forget(oldest);
        }

        watch = new StreamWatch(stream, dimension, _options);
        Add(watch);
        return StreamOutcome.Taken;
    }

    private void Add(StreamWatch watch)
    {
        _streams.Add(watch.Name, _order.AddLast(watch));
        _dimensions += watch.Dimension;
        _readingBytes += watch.Ring.Bytes;
    }

    private void Forget(LinkedListNode<StreamWatch> node)
    {
        var watch = node.Value;
        if (watch.OpenNumber != 0)
        {
            _alerts.End(watch);
        }

        _order.Remove(node);
        _streams.Remove(watch.Name);
        _dimensions -= watch.Dimension;
        _readingBytes -= watch.Ring.Bytes;
    }

    private void MakeRoom(ReadingRing ring)
    {
        var before = ring.Bytes;
        var wanted = Math.Min(ring.Capacity * 2, _options.Readings);
        if (ring.IsFull && wanted > ring.Capacity && _readingBytes + before / ring.Capacity * (wanted - ring.Capacity) <= _options.ReadingBytes)
        {
            ring.Grow(wanted);
            _readingBytes += ring.Bytes - before;
        }
    }
}
