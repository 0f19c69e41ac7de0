using Guard.Engine.Log;

namespace Guard.Engine.Tests.Log;

/// <summary>A disk that refuses writes or flushes on command, and forgets after a failed flush what was not flushed, as Linux does.</summary>
internal sealed class FailingDisk
{
    private const int NoSpace = 28;
    private const int InputOutput = 5;

    /// <summary>Gets or sets how many bytes go on the disk; a write beyond it stops there.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>Gets or sets how many of the next flushes of segments fail.</summary>
    public int FailingFlushes { get; set; }

    /// <summary>Gets or sets how many of the next writes of segments fail.</summary>
    public int FailingWrites { get; set; }

    /// <summary>Gets or sets whether a failed flush takes the durable bytes with it.</summary>
    public bool LosesDurableBytes { get; set; }

    /// <summary>Gets whether a flush waits.</summary>
    public bool IsHeld { get; private set; }

    private ManualResetEventSlim? Late { get; set; }

    /// <summary>Has the flushes of segments wait until what is returned is disposed.</summary>
    public IDisposable Hold() => new Holding(this);

    public SegmentFile Open(string path, FileMode mode, FileAccess access) => new FailingFile(this, path, mode, access);

    private sealed class Holding : IDisposable
    {
        private readonly FailingDisk _disk;
        private readonly ManualResetEventSlim _late = new();

        public Holding(FailingDisk disk)
        {
            _disk = disk;
            _disk.Late = _late;
        }

        public void Dispose()
        {
            _disk.Late = null;
            _late.Set();
        }
    }

    private sealed class FailingFile(FailingDisk disk, string path, FileMode mode, FileAccess access) : SegmentFile(path, mode, access)
    {
        private readonly bool _isSegment = path.EndsWith(SegmentName.Segment, StringComparison.Ordinal);
        private long _durable = mode == FileMode.Open ? new FileInfo(path).Length : 0;

        public override void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            lock (disk)
            {
                if (_isSegment && disk.FailingWrites > 0)
                {
                    disk.FailingWrites--;
                    throw new IOException("Input/output error", InputOutput);
                }

                var fits = (int)Math.Min(bytes.Length, disk.Room);
                disk.Room -= fits;
                base.Write(bytes[..fits], offset);
                if (fits < bytes.Length)
                {
                    throw new IOException("No space left on device", NoSpace);
                }
            }
        }

        public override void Flush()
        {
            lock (disk)
            {
                if (_isSegment && disk.FailingFlushes > 0)
                {
                    disk.FailingFlushes--;
                    var lost = disk.LosesDurableBytes ? Math.Max(SegmentHeader.Size, _durable - 100) : _durable;
                    base.Write(new byte[Math.Max(0, Length - lost)], lost);
                    throw new IOException("Input/output error", InputOutput);
                }

                if (_isSegment && disk.Late is { } late)
                {
                    disk.IsHeld = true;
                    late.Wait();
                    disk.IsHeld = false;
                }

                base.Flush();
                _durable = Length;
            }
        }
    }
}
