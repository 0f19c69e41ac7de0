using Guard.Core.Clicks;
using Guard.Core.Pipeline;

namespace Guard.Engine.Intake;

/// <summary>
/// Reads CloudEvents from files or a stream, plain or gzip: one event a line, or JSON arrays of events. Memory is bounded
/// whatever the length of file, line or array; what is longer than <see cref="EventLimits.EventBytes"/> is passed over and
/// quarantined by its head.
/// </summary>
/// <remarks>A gzip file that is cut short delivers its intact part, then <see cref="ReadAsync"/> throws.</remarks>
public sealed class NdjsonEventSource : IEventSource, IDisposable
{
    private readonly EventIntake _intake;
    private readonly TimeProvider? _clock;
    private readonly IReadOnlyList<string> _names;
    private readonly Func<int, Stream> _open;
    private readonly IProgress<double>? _progress;
    private readonly double _bytes;
    private EventSplitter? _splitter;
    private Stream? _stream;
    private Stream? _raw;
    private long _passed;
    private InputException? _failure;
    private int _next;
    private bool _holdsAny;

    /// <summary>Reads files one after another.</summary>
    /// <param name="paths">The files, at least one.</param>
    /// <param name="intake">Takes the events in; its counts and quarantine tell what became of them.</param>
    /// <param name="clock">The clock by which events without <c>recordedtime</c> lie in the future; <see langword="null"/> for a replay of events that have nothing to do with this machine's clock.</param>
    /// <param name="progress">Is told which share of the files' bytes was read.</param>
    /// <exception cref="InputException">A file does not exist.</exception>
    public NdjsonEventSource(IReadOnlyList<string> paths, EventIntake intake, TimeProvider? clock, IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(intake);
        ArgumentOutOfRangeException.ThrowIfZero(paths.Count, nameof(paths));
        foreach (var path in paths)
        {
            InputFile.Require(path);
        }

        (_names, _intake, _clock, _progress) = (paths, intake, clock, progress);
        _bytes = paths.Sum(path => new FileInfo(path).Length);
        _open = index => InputFile.Open(paths[index]);
    }

    /// <summary>Reads a stream, such as standard input or the body of a request, and closes it at the end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What errors and quarantine call it.</param>
    /// <param name="intake">Takes the events in.</param>
    /// <param name="clock">As for files.</param>
    public NdjsonEventSource(Stream stream, string name, EventIntake intake, TimeProvider? clock)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(intake);
        (_names, _intake, _clock) = ([name], intake, clock);
        _open = _ => stream;
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">A file is binary, or its gzip data are damaged, or there is nothing in any of them. The events before the damage were delivered.</exception>
    public async ValueTask<bool> ReadAsync(EventBatch batch, int maximum, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximum);
        batch.Clear();
        var now = _clock?.GetUtcNow().ToUnixTimeMilliseconds() ?? EventDecoder.NoClock;
        var count = 0;
        while (count < maximum && _failure is null && await MoveToInputAsync(cancellationToken))
        {
            count += Take(batch, maximum - count, now);
            if (count < maximum && !await FillAsync(cancellationToken))
            {
                Close();
            }
        }

        if (count == 0 && _failure is not null)
        {
            throw _failure;
        }

        return count > 0 || _holdsAny ? count > 0 : throw new InputException(_names[0], null, "holds no event", "give a file with one CloudEvent a line");
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private async ValueTask<bool> MoveToInputAsync(CancellationToken cancellationToken)
    {
        if (_splitter is not null)
        {
            return true;
        }

        if (_next == _names.Count)
        {
            return false;
        }

        var name = _names[_next];
        try
        {
            _stream = _raw = _open(_next++);
            _stream = await InputFile.TextAsync(_stream, name, cancellationToken);
        }
        catch (InputException e)
        {
            _failure = e;
            Close();
            return false;
        }

        _splitter = new EventSplitter(_stream, name, Splitting.Undecided);
        return true;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        try
        {
            var filled = await _splitter!.FillAsync(cancellationToken);
            _progress?.Report((_passed + _raw!.Position) / _bytes);
            return filled;
        }
        catch (InvalidDataException e)
        {
            _failure = new InputException(_names[_next - 1], _splitter!.Line, "the gzip data are damaged or cut short here", "fetch or pack the file again; the events before were read", e);
        }
        catch (IOException e)
        {
            _failure = new InputException(_names[_next - 1], _splitter!.Line, "reading failed here", "check the disk or the network; the events before were read", e);
        }

        return false;
    }

    private int Take(EventBatch batch, int maximum, long now)
    {
        var count = 0;
        while (count < maximum && _splitter!.TryNext(out var piece))
        {
            _holdsAny = true;
            if (piece.Rejection.IsRejected)
            {
                _intake.Reject(piece.Rejection, piece.Position, piece.Bytes, piece.Length);
            }
            else if (_intake.Take(piece.Bytes, piece.Position, now, batch) == IntakeOutcome.Accepted)
            {
                count++;
            }
        }

        return count;
    }

    private void Close()
    {
        _passed += _progress is null ? 0 : _raw?.Position ?? 0;
        _stream?.Dispose();
        (_stream, _raw, _splitter) = (null, null, null);
    }
}
