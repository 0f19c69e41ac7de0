using System.Collections.Concurrent;
using Guard.Engine.Log;

namespace Guard.Engine.Tests.Log;

/// <summary>A disk that notes how files are made shorter.</summary>
internal sealed class ShrinkingDisk
{
    private readonly ConcurrentQueue<(string File, long Length)> _lengths = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyCollection<(string File, long Length)> Lengths => _lengths;

    public SegmentFile Open(string path, FileMode mode, FileAccess access) => new ShrinkingFile(this, path, mode, access);

    public Task ShrinkReachedAsync() => _reached.Task.WaitAsync(TestContext.Current.CancellationToken);

    private sealed class ShrinkingFile(ShrinkingDisk disk, string path, FileMode mode, FileAccess access) : SegmentFile(path, mode, access)
    {
        public override void SetLength(long length)
        {
            base.SetLength(length);
            disk._lengths.Enqueue((System.IO.Path.GetFileName(Path), length));
            disk._reached.TrySetResult();
        }
    }
}
