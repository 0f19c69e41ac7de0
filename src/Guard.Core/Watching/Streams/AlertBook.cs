using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Estimation.Detection;
using Guard.Core.Hosting;

namespace Guard.Core.Watching.Streams;

/// <summary>The alerts of all streams and the events of their starts and ends, numbered, the newest ones kept. Not safe for concurrent use.</summary>
/// <param name="capacity">How many alerts are kept, with twice as many events.</param>
public sealed class AlertBook(int capacity)
{
    private const uint Kind = 0x424C4153; // "SALB"
    private const int Version = 1;
    private const int MostContributions = 16;
    private const string Name = "alert book";

    // Numbers have no gaps, so the place of a kept alert or event follows from its number.
    private readonly Queue<StreamAlert> _alerts = new();
    private readonly Dictionary<long, StreamAlert> _ended = [];
    private readonly Queue<AlertEvent> _events = new();

    /// <summary>Gets the number of the newest alert; 0 before the first.</summary>
    public long Last { get; private set; }

    /// <summary>Gets the number of the newest event; 0 before the first.</summary>
    public long LastEvent { get; private set; }

    /// <summary>Gets the kept alerts, oldest first; one that goes on stands as it did at its start.</summary>
    public IEnumerable<StreamAlert> Kept => _alerts.Select(alert => _ended.GetValueOrDefault(alert.Number, alert));

    /// <summary>Takes the start or the end of an alert of another book, and gives it a number of this one; what was taken before changes nothing.</summary>
    /// <param name="phase"><see cref="AlertPhase.Started"/> or <see cref="AlertPhase.Ended"/>.</param>
    /// <param name="alert">The alert as it stood then; its number does not matter.</param>
    /// <returns>The alert's number.</returns>
    public long Take(AlertPhase phase, StreamAlert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var known = _alerts.FirstOrDefault(kept => kept.Id == alert.Id)?.Number;
        if (known is null)
        {
            known = ++Last;
            Begin(alert with { Number = Last, Alert = alert.Alert with { End = null } });
        }

        if (phase == AlertPhase.Ended && !_ended.ContainsKey(known.Value))
        {
            End(alert with { Number = known.Value });
        }

        return known.Value;
    }

    internal void Begin(StreamWatch watch) => Begin(watch.Begin(++Last));

    internal void End(StreamWatch watch) => End(watch.End());

    private void Begin(StreamAlert alert)
    {
        _alerts.Enqueue(alert);
        if (_alerts.Count > capacity)
        {
            _ended.Remove(_alerts.Dequeue().Number);
        }

        Tell(AlertPhase.Started, alert);
    }

    private void End(StreamAlert alert)
    {
        if (_alerts.TryPeek(out var oldest) && alert.Number >= oldest.Number)
        {
            _ended[alert.Number] = alert;
        }

        Tell(AlertPhase.Ended, alert);
    }

    /// <summary>Gets kept events with a greater number, oldest first.</summary>
    /// <param name="number">The cursor, at least 0.</param>
    /// <param name="maximum">The greatest number of events.</param>
    public AlertEvent[] EventsAfter(long number, int maximum)
    {
        var skip = LastEvent - _events.Count is var before && number > before ? number - before : 0;
        return [.. _events.Skip((int)Math.Min(skip, _events.Count)).Take(maximum)];
    }

    /// <summary>Writes the whole book as a block with format version and checksum. The same book gives the same bytes.</summary>
    public void Save(IBufferWriter<byte> output) => Save(new BlockBody(), output);

    internal void Save(BlockBody body, IBufferWriter<byte> output)
    {
        body.Write(Last);
        body.Write(LastEvent);
        body.Write(_alerts.Count);
        foreach (var alert in Kept)
        {
            Write(body, alert);
        }

        body.Write(_events.Count);
        foreach (var one in _events)
        {
            body.Write((int)one.Phase);
            Write(body, one.Alert);
        }

        body.Finish(output, Kind, Version);
    }

    /// <summary>Reads what <see cref="Save(IBufferWriter{byte})"/> wrote.</summary>
    /// <param name="block">The bytes.</param>
    /// <param name="capacity">As for a new one; what is beyond it goes.</param>
    /// <exception cref="StateFormatException">The bytes are damaged, cut short, or of another kind or version.</exception>
    public static AlertBook Restore(ReadOnlySpan<byte> block, int capacity)
    {
        var reader = new BlockReader(block, Kind, Version, Name);
        var book = new AlertBook(capacity) { Last = reader.ReadInt64(), LastEvent = reader.ReadInt64() };
        for (var left = reader.ReadInt32(0, int.MaxValue); left > 0; left--)
        {
            var alert = ReadAlert(ref reader);
            book._alerts.Enqueue(alert);
            if (alert.Alert.End is not null)
            {
                book._ended[alert.Number] = alert;
            }
        }

        var events = reader.ReadInt32(0, int.MaxValue);
        for (var number = book.LastEvent - events + 1; number <= book.LastEvent; number++)
        {
            var phase = (AlertPhase)reader.ReadInt32((int)AlertPhase.Started, (int)AlertPhase.Ended);
            book._events.Enqueue(new AlertEvent(number, phase, ReadAlert(ref reader)));
        }

        reader.Finish();
        while (book._alerts.Count > capacity)
        {
            book._ended.Remove(book._alerts.Dequeue().Number);
        }

        return book;
    }

    private void Tell(AlertPhase phase, StreamAlert alert)
    {
        _events.Enqueue(new AlertEvent(++LastEvent, phase, alert));
        if (_events.Count > 2L * capacity)
        {
            _events.Dequeue();
        }
    }

    private static void Write(BlockBody body, StreamAlert alert)
    {
        body.Write(alert.Id);
        body.Write(alert.Number);
        body.Write(alert.Stream);
        body.Write(alert.Alert.Start);
        body.Write(alert.Alert.Peak);
        body.Write(alert.Alert.End ?? long.MinValue);
        body.Write(alert.Alert.Score);
        body.Write(alert.Alert.Expected);
        body.Write(alert.Alert.Observed);
        body.Write(alert.Alert.Contributions.Count);
        foreach (var contribution in alert.Alert.Contributions)
        {
            body.Write(contribution.Dimension);
            body.Write(contribution.Share);
        }
    }

    private static StreamAlert ReadAlert(ref BlockReader reader)
    {
        var (id, number, stream) = (reader.ReadText(64), reader.ReadInt64(), reader.ReadText(EventLimits.Stream));
        var (start, peak, end) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        var (score, expected, observed) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        var contributions = new Contribution[reader.ReadInt32(0, MostContributions)];
        foreach (ref var contribution in contributions.AsSpan())
        {
            contribution = new Contribution(reader.ReadInt32(), reader.ReadDouble());
        }

        return new StreamAlert(id, number, stream, new Alert(start, peak, end == long.MinValue ? null : end, score, expected, observed, contributions));
    }
}
