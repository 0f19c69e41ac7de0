using Guard.Engine.Files;
using Guard.Engine.Threading;

namespace Guard.Engine.Log;

/// <summary>
/// Deletes the files that a log dropped, beside the log's own work and a little at a time: a disk that is told of freed space holds up
/// the log's flushes while a large file goes at once.
/// </summary>
/// <remarks>A dropped file has a name that recovery does not look at, and goes on going after a restart.</remarks>
internal sealed class DroppedFiles(LogFolder folder) : IDisposable
{
    private const int StepBytes = 64 << 10;

    /// <summary>A segment and its index.</summary>
    private const int UsualFiles = 2;

    /// <summary>How long the disk is left to the log after a step; less where more files wait than is usual, or the log would grow faster than it is dropped.</summary>
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;
    private int _waiting;
    private bool _disposed;

    /// <summary>Gets the work under way.</summary>
    public Task Work => Volatile.Read(ref _work);

    /// <summary>Takes a file out of the log. It goes once <see cref="Start"/> is called.</summary>
    public static void Drop(string path)
    {
        if (File.Exists(path))
        {
            File.Move(path, path + SegmentName.Dropped, overwrite: true);
        }
    }

    /// <summary>Begins to delete what was dropped, now or before a restart.</summary>
    public void Start()
    {
        Volatile.Write(ref _waiting, Waiting().Length);
        Volatile.Write(ref _work, Work.ContinueWith(_ => DeleteAll(), CancellationToken.None, TaskContinuationOptions.LongRunning, TaskScheduler.Default));
    }

    /// <summary>Stops after the step under way; the rest goes after the next start.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _stop.Cancel();
            Task.WaitAny([Work]);
            _stop.Dispose();
        }
    }

    private string[] Waiting() => Directory.GetFiles(folder.Path, "*" + SegmentName.Dropped);

    private void DeleteAll()
    {
        CurrentThread.GiveWay();
        var files = Waiting();
        Array.Sort(files, StringComparer.Ordinal);
        foreach (var path in files.TakeWhile(_ => !_stop.IsCancellationRequested))
        {
            try
            {
                // That it is no part of the log any more must be durable before its bytes go.
                DiskFlush.Flush(folder.Path);
                Delete(path);
                Interlocked.Decrement(ref _waiting);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                folder.Journal.NotDeleted(Path.GetFileName(path), exception.Message);
            }
        }
    }

    private void Delete(string path)
    {
        using (var file = folder.Open(path, FileMode.Open, FileAccess.Write))
        {
            for (var length = file.Length - StepBytes; length > 0; length -= StepBytes)
            {
                file.SetLength(length);
                if (_stop.Token.WaitHandle.WaitOne(s_rest * Math.Min(1, UsualFiles / (double)Math.Max(1, Volatile.Read(ref _waiting)))))
                {
                    return;
                }
            }
        }

        File.Delete(path);
    }
}
