using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Engine.Telemetry;
using Microsoft.Extensions.Logging;

namespace Guard.Engine.Intake;

/// <summary>
/// The quarantine of a service: NDJSON rows as <see cref="QuarantineFile"/> writes them, with the time of arrival. A file that
/// has grown to half of the bound becomes <c>quarantine.1.ndjson</c>, in the place of the one before. Safe for concurrent use.
/// </summary>
/// <remarks>A row that the disk does not take is counted and shown, and its content is lost: producers are told of it in their receipts.</remarks>
internal sealed partial class RotatingQuarantine : IQuarantine, IDisposable
{
    public const string FileName = "quarantine.ndjson";
    private const string OlderName = "quarantine.1.ndjson";
    private const int NewestRows = 1_000;

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly string _older;
    private readonly long _greatest;
    private readonly EngineInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly QuarantineRows _rows = new();
    private readonly Queue<QuarantineRow> _newest = new();
    private readonly long[] _counts = new long[Enum.GetValues<RejectReason>().Length];
    private FileStream? _file;
    private bool _failed;

    /// <summary>Opens the file in a folder and goes on behind its last whole row.</summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public RotatingQuarantine(string folder, long greatestBytes, EngineInstruments instruments, TimeProvider time, ILogger logger)
    {
        (_path, _older) = (Path.Combine(folder, FileName), Path.Combine(folder, OlderName));
        (_greatest, _instruments, _time, _logger) = (greatestBytes / 2, instruments, time, logger);
        try
        {
            Open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(_path, null, "the quarantine file cannot be written", "choose another folder or check its permissions", e);
        }
    }

    /// <summary>Gets how many events came here since the process started.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
            {
                return _counts.Sum();
            }
        }
    }

    /// <inheritdoc/>
    public void Add(in RejectedEvent rejected)
    {
        var now = _time.GetUtcNow();
        _instruments.OnQuarantined(rejected.Rejection.Reason);
        lock (_lock)
        {
            _counts[(int)rejected.Rejection.Reason]++;
            if (_newest.Count == NewestRows)
            {
                _newest.Dequeue();
            }

            _newest.Enqueue(new QuarantineRow(
                now, rejected.Rejection.Reason, rejected.Rejection.Detail, rejected.Position.Origin, rejected.Position.Line, rejected.Length));
            try
            {
                Write(_rows.Format(rejected, now));
                _failed = false;
            }
            catch (IOException e)
            {
                if (!_failed)
                {
                    LogFailed(_logger, _path, e.Message);
                }

                _failed = true;
            }
        }
    }

    /// <summary>Gets the counts and the newest rows.</summary>
    public QuarantineView View(int maximum)
    {
        lock (_lock)
        {
            return new QuarantineView(
                [.. _counts.Select((count, reason) => KeyValuePair.Create((RejectReason)reason, count)).Where(pair => pair.Value > 0).OrderByDescending(pair => pair.Value)],
                [.. _newest.Reverse().Take(maximum)],
                _path);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _rows.Dispose();
            _file?.Dispose();
            _file = null;
        }
    }

    private void Write(ReadOnlySpan<byte> row)
    {
        var file = _file ?? Open();
        if (file.Position > 0 && file.Position + row.Length > _greatest)
        {
            file.Dispose();
            _file = null;
            File.Move(_path, _older, overwrite: true);
            file = Open();
        }

        var start = file.Position;
        try
        {
            file.Write(row);
        }
        catch (IOException)
        {
            // Half a row would make the next one unreadable.
            file.SetLength(start);
            file.Position = start;
            throw;
        }
    }

    private FileStream Open()
    {
        _file = OwnerOnlyFile.Open(_path, FileMode.OpenOrCreate);
        QuarantineRows.KeepWhole(_file);
        return _file;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path}: quarantined events are counted but not kept, because the file cannot be written: {Problem}")]
    private static partial void LogFailed(ILogger logger, string path, string problem);
}
