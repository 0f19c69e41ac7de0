using Guard.Core.Estimation.Detection;

namespace Guard.Cli.Detect;

/// <summary>One causal pass of a detector over a file, row by row, with the alerts and level shifts that it found.</summary>
public sealed class SeriesDetection(SeriesCsv series)
{
    private readonly StreamDetector _detector = new(series.Names.Count);
    private readonly List<Alert> _alerts = [];
    private readonly List<LevelChange> _changes = [];
    private readonly SortedDictionary<ReadingState, int> _states = [];

    /// <summary>Gets the names of the value columns.</summary>
    public IReadOnlyList<string> Names => series.Names;

    /// <summary>Gets the alerts so far, the open one included once the pass is over.</summary>
    public IReadOnlyList<Alert> Alerts => _alerts;

    /// <summary>Gets the level shifts that were accepted so far.</summary>
    public IReadOnlyList<LevelChange> Changes => _changes;

    /// <summary>Gets how many rows came to each state so far.</summary>
    public IReadOnlyDictionary<ReadingState, int> States => _states;

    /// <summary>Gets how many rows were read so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Reads on, one row at a time.</summary>
    public IEnumerable<DetectedRow> Run()
    {
        var open = false;
        foreach (var row in series.Rows())
        {
            var reading = _detector.Update(row.Time, row.Values);
            Rows++;
            _states[reading.State] = _states.GetValueOrDefault(reading.State) + 1;
            if (reading.Alert == AlertPhase.Ended)
            {
                _alerts.Add(_detector.LatestAlert!);
            }

            open = reading.Alert is AlertPhase.Started or AlertPhase.Ongoing;
            if (reading.ChangedSince is { } since)
            {
                _changes.Add(new LevelChange(since, row.Time));
            }

            yield return new DetectedRow(row, reading);
        }

        if (open)
        {
            _alerts.Add(_detector.LatestAlert!);
        }
    }
}
