using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Estimation.Detection;
using Guard.Core.Hosting;

namespace Guard.Core.Watching.Streams;

/// <summary>One stream: its detector, its recent readings, its level shifts, and the alert that goes on.</summary>
internal sealed class StreamWatch
{
    private const uint Kind = 0x54415753; // "SWAT"
    private const int Version = 1;
    private const int MostShifts = 64;
    private const string BlockName = "telemetry stream";

    private readonly List<long> _shifts = [];
    private readonly StreamDetector _detector;
    private long _lastStart = long.MinValue;
    private int _repeats;

    public StreamWatch(string name, int dimension, StreamRegistryOptions options)
        : this(name, new StreamDetector(dimension, options.DetectorOf(name)), new ReadingRing(dimension))
    {
    }

    private StreamWatch(string name, StreamDetector detector, ReadingRing ring) => (Name, _detector, Ring) = (name, detector, ring);

    public string Name { get; }

    public int Dimension => _detector.Dimension;

    public ReadingRing Ring { get; }

    /// <summary>The readings taken.</summary>
    public long Rows { get; private set; }

    public long LastTime { get; private set; } = long.MinValue;

    /// <summary>The number of the alert that goes on; 0 where none does.</summary>
    public long OpenNumber { get; private set; }

    public string OpenId { get; private set; } = "";

    /// <summary>The alert that goes on, as it stands now.</summary>
    public StreamAlert? Open => OpenNumber == 0 ? null : new StreamAlert(OpenId, OpenNumber, Name, _detector.LatestAlert!);

    public StreamSummary Summary => new(Name, Dimension, Rows, Ring.Count == 0 ? null : Ring[Ring.Count - 1], Open);

    /// <summary>When the level shifted for good, newest first.</summary>
    public IEnumerable<DateTimeOffset> Shifts => Enumerable.Reverse(_shifts).Select(DateTimeOffset.FromUnixTimeMilliseconds);

    /// <summary>Makes a watch of a detector that learned before its readings were kept.</summary>
    public static StreamWatch Of(string name, StreamDetector detector) => new(name, detector, new ReadingRing(detector.Dimension)) { Rows = detector.Rows };

    /// <summary>Takes a reading that is not before the last; returns where it stands towards an alert.</summary>
    public AlertPhase Take(long time, ReadOnlySpan<double> values)
    {
        var reading = _detector.Update(time, values);
        Rows++;
        LastTime = time;
        Ring.Add(reading, values);
        if (reading.ChangedSince is { } since)
        {
            if (_shifts.Count == MostShifts)
            {
                _shifts.RemoveAt(0);
            }

            _shifts.Add(since);
        }

        return reading.Alert;
    }

    /// <summary>Begins the alert that the last reading started.</summary>
    public StreamAlert Begin(long number)
    {
        var start = _detector.LatestAlert!.Start;
        _repeats = start == _lastStart ? _repeats + 1 : 0;
        _lastStart = start;
        (OpenNumber, OpenId) = (number, AlertId.Of(Name, start, _repeats));
        return Open!;
    }

    /// <summary>Ends the alert that goes on.</summary>
    public StreamAlert End()
    {
        var alert = Open!;
        OpenNumber = 0;
        return alert.Alert.End is null ? alert with { Alert = alert.Alert with { End = LastTime } } : alert;
    }

    public void Save(BlockBody body, IBufferWriter<byte> output)
    {
        body.Write(Name);
        body.Write(Rows);
        body.Write(LastTime);
        body.Write(OpenNumber);
        body.Write(OpenId);
        body.Write(_lastStart);
        body.Write(_repeats);
        body.Write(_shifts.Count);
        _shifts.ForEach(body.Write);
        var detector = _detector.Save();
        body.Write(detector.Length);
        body.Write(detector);
        Ring.Write(body);
        body.Finish(output, Kind, Version);
    }

    public static StreamWatch Restore(ReadOnlySpan<byte> block, StreamRegistryOptions options)
    {
        var reader = new BlockReader(block, Kind, Version, BlockName);
        var name = reader.ReadText(EventLimits.Stream);
        var (rows, lastTime, openNumber, openId) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadText(64));
        var (lastStart, repeats) = (reader.ReadInt64(), reader.ReadInt32());
        var shifts = new long[reader.ReadInt32(0, MostShifts)];
        foreach (ref var shift in shifts.AsSpan())
        {
            shift = reader.ReadInt64();
        }

        var detector = Detector(ref reader, options.DetectorOf(name));
        var watch = new StreamWatch(name, detector, ReadingRing.Read(ref reader, detector.Dimension))
        {
            Rows = rows,
            LastTime = lastTime,
            OpenNumber = openNumber,
            OpenId = openId,
            _lastStart = lastStart,
            _repeats = repeats,
        };
        watch._shifts.AddRange(shifts);
        reader.Finish();
        return openNumber < 0 || (openNumber > 0 && detector.LatestAlert is null) ? throw reader.Unsound() : watch;
    }

    private static StreamDetector Detector(ref BlockReader reader, StreamDetectorOptions options)
    {
        var saved = reader.ReadBytes(reader.ReadInt32(0, int.MaxValue));
        try
        {
            return StreamDetector.Restore(saved, options);
        }
        catch (InvalidDataException fault)
        {
            throw new StateFormatException(fault.Message);
        }
    }
}
