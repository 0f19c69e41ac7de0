using Guard.Engine.Log;

namespace Guard.Engine.Tests.Log;

/// <summary>A disk that counts flushes of segments, and holds the second, the first with blocks, until it is let go.</summary>
internal sealed class CountingDisk
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _go = new();
    private int _flushes;

    public int Flushes => Volatile.Read(ref _flushes);

    public SegmentFile Open(string path, FileMode mode, FileAccess access) => new CountingFile(this, path, mode, access);

    public Task FlushReachedAsync() => _reached.Task.WaitAsync(TestContext.Current.CancellationToken);

    public void Go() => _go.TrySetResult();

    private sealed class CountingFile(CountingDisk disk, string path, FileMode mode, FileAccess access) : SegmentFile(path, mode, access)
    {
        public override void Flush()
        {
            if (Interlocked.Increment(ref disk._flushes) == 2)
            {
                disk._reached.TrySetResult();
                disk._go.Task.Wait();
            }

            base.Flush();
        }
    }
}
