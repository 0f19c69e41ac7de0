using Guard.Simulation.Events;
using Guard.Simulation.Humans;
using Guard.Simulation.Robots;
using Guard.Simulation.Scenarios;
using Guard.Simulation.Telemetry;

namespace Guard.Simulation;

/// <summary>
/// The stream of a scenario, event by event in arrival order: first the purchases before the start, then whatever comes
/// next among people, robots, telemetry and what is under way, until the scenario's end.
/// </summary>
internal sealed class Traffic : IDisposable
{
    private const long Day = 86_400_000;
    private const long Hour = 3_600_000;
    private const double LongestLateHours = 6;
    private readonly IClickSource[] _sources;
    private readonly TelemetryStream[] _telemetry;
    private readonly DeliveryQueue _queue = new();
    private readonly List<SimulatedClick> _past = [];
    private readonly EventWriter _writer;
    private readonly NoiseShares _noise;
    private readonly ulong _noiseSeed;
    private readonly long _start;
    private readonly long _end;
    private readonly long _outageStart = long.MaxValue;
    private readonly long _outageEnd;
    private readonly long _maxClicks;
    private SimulatedClick _click;
    private SeededRandom _spoiler;
    private bool _spoilNext;
    private int _nextPast;
    private long _recorded;

    public Traffic(Scenario scenario, long maxClicks)
    {
        _maxClicks = maxClicks;
        Counts = new TrafficCounts((scenario.Robots ?? []).Count);
        _start = scenario.Start.ToUnixTimeMilliseconds();
        _end = _start + scenario.Days * Day;
        _noise = scenario.Noise ?? new NoiseShares();
        _noiseSeed = SeededRandom.Of(scenario.Seed, "noise").Next();
        if (scenario.LabelOutage is { } outage)
        {
            _outageStart = _start + outage.Day * Day + outage.Hour * Hour;
            _outageEnd = _outageStart + outage.Hours * Hour;
        }

        var ads = new AdCatalogue(scenario.Seed);
        _writer = new EventWriter(ads, scenario.Seed);
        var rhythms = new Rhythms(scenario);
        var crowd = new Crowd(scenario, ads, rhythms);
        _past = PurchaseHistory.Of(scenario, crowd.People);
        var robots = scenario.Robots ?? [];
        _sources = new IClickSource[1 + robots.Count];
        _sources[0] = crowd;
        for (var i = 0; i < robots.Count; i++)
        {
            var begin = _start + robots[i].StartDay * Day + robots[i].StartHour * Hour;
            var crew = robots[i].Start(new CrewContext(scenario, ads, rhythms, (short)i, scenario.ClicksPerDayOf(robots[i]), begin, _end));
            crew.AddHistory(_past);
            _sources[1 + i] = crew;
        }

        _past.Sort((left, right) => left.PurchaseTime != right.PurchaseTime ? left.PurchaseTime.CompareTo(right.PurchaseTime) : left.Id.CompareTo(right.Id));
        _telemetry = [.. (scenario.Telemetry ?? []).Select(spec => new TelemetryStream(spec, scenario))];
    }

    /// <summary>Gets what has come so far.</summary>
    public TrafficCounts Counts { get; }

    /// <summary>Gets the event that came last, its newline included; valid until the next one.</summary>
    public ReadOnlyMemory<byte> Line => _writer.Line;

    /// <summary>Gets whether the event that came last is a click that arrived for the first time.</summary>
    public bool IsNewClick { get; private set; }

    /// <summary>Gets the click that came last.</summary>
    public ref readonly SimulatedClick Click => ref _click;

    /// <summary>Gets how much of the scenario's time has passed, from 0 to 1.</summary>
    public double Progress => Math.Clamp((_recorded - _start) / (double)(_end - _start), 0, 1);

    public bool MoveNext()
    {
        IsNewClick = false;
        if (_spoilNext)
        {
            Spoil();
            return true;
        }

        if (_nextPast < _past.Count)
        {
            Past();
            return true;
        }

        while (Counts.Clicks < _maxClicks)
        {
            var source = Earliest(_sources, out var click);
            var telemetry = EarliestTelemetry(out var reading);
            var next = Math.Min(Math.Min(click, reading), _queue.NextTime);
            if (next >= _end)
            {
                return false;
            }

            if (_queue.NextTime == next)
            {
                Deliver(next);
                return true;
            }
            else if (reading == next)
            {
                Read(telemetry!);
                return true;
            }
            else if (Make(source!))
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _writer.Dispose();

    private static IClickSource? Earliest(IClickSource[] sources, out long time)
    {
        time = long.MaxValue;
        IClickSource? earliest = null;
        foreach (var source in sources)
        {
            if (source.NextTime < time)
            {
                (earliest, time) = (source, source.NextTime);
            }
        }

        return earliest;
    }

    private TelemetryStream? EarliestTelemetry(out long time)
    {
        time = long.MaxValue;
        TelemetryStream? earliest = null;
        foreach (var stream in _telemetry)
        {
            if (stream.NextTime < time)
            {
                (earliest, time) = (stream, stream.NextTime);
            }
        }

        return earliest;
    }

    private long Record(long arrival) => _recorded = Math.Max(_recorded, arrival);

    private void Past()
    {
        _click = _past[_nextPast++];
        _writer.Purchase(_click, Record(_click.PurchaseTime + 250));
        Counts.PastPurchases++;
    }

    /// <summary>Makes a click; false where it arrives later.</summary>
    private bool Make(IClickSource source)
    {
        source.Next(ref _click);

        // A click's own id seeds its noise, so that no other click changes it.
        var noise = new SeededRandom(_click.Id ^ _noiseSeed);
        var arrival = _click.Time + 20 + noise.Index(400);
        if (_click.PurchaseTime > 0)
        {
            Schedule(ref noise);
        }

        if (noise.Chance(_noise.Late))
        {
            var delay = Math.Clamp(noise.LogNormal(120, 2), 2, LongestLateHours * 3600);
            _queue.Add(arrival + (long)(1000 * delay), DeliveryKind.LateClick, _click);
            return false;
        }

        Arrive(ref noise, arrival);
        return true;
    }

    /// <summary>Puts a click into the stream for the first time.</summary>
    private void Arrive(ref SeededRandom noise, long arrival)
    {
        _writer.Click(_click, Record(arrival));
        IsNewClick = true;
        Counts.Add(_click);
        if (noise.Chance(_noise.Duplicates))
        {
            _queue.Add(arrival + AgainAfter(ref noise), DeliveryKind.ClickAgain, _click);
        }

        _spoilNext = noise.Chance(_noise.Malformed);
        _spoiler = noise;
    }

    private void Schedule(ref SeededRandom noise)
    {
        if (_click.PurchaseTime >= _outageStart && _click.PurchaseTime < _outageEnd)
        {
            Counts.LostPurchases++;
            return;
        }

        var arrival = _click.PurchaseTime + 50 + noise.Index(1000);
        _queue.Add(arrival, DeliveryKind.Purchase, _click);
        if (noise.Chance(_noise.Duplicates))
        {
            _queue.Add(arrival + AgainAfter(ref noise), DeliveryKind.PurchaseAgain, _click);
        }
    }

    /// <summary>Half the duplicates follow at once, half after minutes.</summary>
    private static long AgainAfter(ref SeededRandom noise) =>
        noise.Chance(0.5) ? noise.Index(500) : (long)(1000 * Math.Min(noise.LogNormal(60, 1.5), 3600));

    /// <summary>Delivers what is due.</summary>
    private void Deliver(long time)
    {
        var kind = _queue.Take(out _click);
        switch (kind)
        {
            case DeliveryKind.LateClick:
                var noise = new SeededRandom(SeededRandom.Mix(_click.Id ^ _noiseSeed));
                Counts.Late++;
                Arrive(ref noise, time);
                break;
            case DeliveryKind.ClickAgain:
                _writer.Click(_click, Record(time));
                Counts.Duplicates++;
                break;
            case DeliveryKind.Purchase:
                _writer.Purchase(_click, Record(time));
                Counts.Purchases++;
                break;
            default:
                _writer.Purchase(_click, Record(time));
                Counts.Duplicates++;
                break;
        }
    }

    private void Read(TelemetryStream stream)
    {
        var time = stream.NextTime;
        var values = stream.Next(out var id);
        _writer.Telemetry(id, stream.Name, time, Record(time + 100), values);
        Counts.Readings++;
    }

    /// <summary>A malformed line in the manner of the click before it, under an id and a user of its own.</summary>
    private void Spoil()
    {
        _spoilNext = false;
        var template = _click with { Id = _spoiler.Next(), User = _spoiler.Next() };
        _writer.Click(template, _recorded);
        _writer.Raw(MalformedEvents.Spoil(_writer.Line.Span, _spoiler.Index(MalformedEvents.Kinds), ref _spoiler));
        Counts.Malformed++;
    }
}
