using System.Threading.Channels;
using Guard.Engine.Log;
using Guard.Engine.State;
using Guard.Engine.Telemetry;
using Guard.Engine.Threading;
using Microsoft.Extensions.Logging;

namespace Guard.Engine.Snapshots;

/// <summary>
/// Takes snapshots for the loop, one part between two batches: no pause is longer than one part takes to copy, so a state
/// of many shards is saved without stopping intake, and while a part waits for the disk batches go on.
/// </summary>
/// <remarks>Called by the loop alone, but for <see cref="Taken"/>.</remarks>
internal sealed partial class SnapshotTaker(
    EngineState state, PartitionLog log, SnapshotFolder folder, TimeSpan interval, long logBytes, TimeProvider time, EngineInstruments instruments, ILogger logger)
{
    private Channel<ChunkedBuffer> _buffers = SnapshotWriter.MakeBuffers();
    private SnapshotWriter? _writer;
    private Task _retained = Task.CompletedTask;
    private int _part;
    private long _position;
    private long _begun;
    private long _lastTime = time.GetTimestamp();
    private long _lastPosition = state.ReplayFrom;
    private long _appended;

    /// <summary>Gets whether a snapshot is being taken.</summary>
    public bool IsTaking => _writer is not null;

    /// <summary>Gets the time of the newest snapshot, or <see langword="null"/>.</summary>
    public DateTimeOffset? Taken { get; private set; } = folder.Newest;

    /// <summary>Notes how much the log grew.</summary>
    public void Note(int bytes) => _appended += bytes;

    /// <summary>Does the next piece of work, if there is any.</summary>
    /// <param name="now">Whether a snapshot is wanted at once, provided that the log grew since the last.</param>
    /// <returns>Whether there was a piece that could be done.</returns>
    public bool Step(bool now = false)
    {
        if (_writer is null)
        {
            var due = now || _appended >= logBytes || time.GetElapsedTime(_lastTime) >= interval;
            if (!due || log.Next == _lastPosition)
            {
                return false;
            }

            Begin();
        }

        if (_writer!.Written.IsCompleted)
        {
            End();
            return true;
        }

        if (_part == state.Parts || !_writer.TryRent(out var buffer))
        {
            return false;
        }

        var start = time.GetTimestamp();
        state.Save(_part, buffer!);
        instruments.OnPause(time.GetElapsedTime(start), EngineState.KindOf(_part));
        _writer.Add(_part++, log.Next, buffer!);
        if (_part == state.Parts)
        {
            _writer.Complete();
        }

        return true;
    }

    /// <summary>Takes a last snapshot and waits for it; where the log cannot be written there is none, since it would be ahead of it.</summary>
    public void Finish()
    {
        while (IsTaking || log.Next != _lastPosition)
        {
            if (log.Health is { Condition: not LogCondition.Writing })
            {
                GiveUp("the log cannot be written");
                break;
            }

            if (!Step(now: true) && _writer is { } writer)
            {
                writer.Hurry();

                // The disk has both buffers, or writes the end.
                Task.WaitAny([writer.Written], millisecondsTimeout: 1);
            }
        }

        _retained.Wait();
    }

    /// <summary>Gives up the snapshot that is being taken, and waits for it and what it would have dropped: whoever has the folder next is alone in it.</summary>
    public void GiveUp(string problem)
    {
        if (_writer is { } writer)
        {
            writer.GiveUp(problem);
            Task.WaitAny([writer.Written]);
            End();
        }

        Task.WaitAny([_retained]);
    }

    /// <summary>Drops snapshots and segments of the log that are no longer needed.</summary>
    private void Retain()
    {
        CurrentThread.GiveWay();
        try
        {
            folder.DropOld();
            log.Retain(folder.NeedsFrom);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogKept(logger, exception.Message);
        }
    }

    private void Begin()
    {
        (_part, _position, _begun) = (0, log.Next, time.GetTimestamp());
        _writer = new SnapshotWriter(folder, _position, state.Parts, log, _buffers);
    }

    private void End()
    {
        var written = _writer!.Written;
        _writer = null;
        (_lastTime, _lastPosition, _appended) = (time.GetTimestamp(), _position, 0);
        if (written.IsCompletedSuccessfully)
        {
            var duration = time.GetElapsedTime(_begun);
            Taken = time.GetUtcNow();
            instruments.OnSnapshot(duration);
            // A disk may take its time over names too, for which neither the loop nor a thread of the pool should wait.
            _retained = _retained.ContinueWith(_ => Retain(), CancellationToken.None, TaskContinuationOptions.LongRunning, TaskScheduler.Default);
            LogTaken(logger, _position, written.Result, duration);
        }
        else
        {
            _buffers = SnapshotWriter.MakeBuffers();
            LogFailed(logger, _position, written.Exception!.InnerException!.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Snapshot {Position} of {Bytes} bytes was taken in {Duration}")]
    private static partial void LogTaken(ILogger logger, long position, long bytes, TimeSpan duration);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old snapshots or segments of the log could not be removed and stay: {Problem}")]
    private static partial void LogKept(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Snapshot {Position} could not be written and is given up; the log keeps what it would have covered: {Problem}")]
    private static partial void LogFailed(ILogger logger, long position, string problem);
}
