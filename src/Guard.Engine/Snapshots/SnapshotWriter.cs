using System.Threading.Channels;
using Guard.Engine.Files;
using Guard.Engine.Log;
using Guard.Engine.Threading;

namespace Guard.Engine.Snapshots;

/// <summary>Writes one snapshot beside the loop that gives it the parts: a loop that is faster than the disk is told to wait, so memory stays bounded.</summary>
/// <remarks>It waits for the disk most of the time, on a thread of its own: on one of the pool's few, requests would wait with it.</remarks>
internal sealed class SnapshotWriter
{
    private const int Buffers = 2;

    /// <summary>How fast a snapshot goes to disk while events come in: the log shares the disk, and one flush of the whole would hold up the log's own.</summary>
    private const double BytesPerSecond = 64 << 20;

    /// <summary>What is flushed at a time: a flush of the log waits about a millisecond for it.</summary>
    private const int PieceBytes = 256 << 10;
    private readonly Channel<(int Part, long Position, ChunkedBuffer Bytes)> _parts = Channel.CreateBounded<(int, long, ChunkedBuffer)>(Buffers);
    private readonly Channel<ChunkedBuffer> _free;
    private readonly SnapshotFolder _folder;
    private readonly long _position;
    private readonly PartitionLog _log;
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins a snapshot.</summary>
    /// <param name="folder">Where it is kept.</param>
    /// <param name="position">Its position.</param>
    /// <param name="parts">How many parts it has.</param>
    /// <param name="log">The log that it belongs to.</param>
    /// <param name="free">Buffers of the snapshot before, to be used again.</param>
    public SnapshotWriter(SnapshotFolder folder, long position, int parts, PartitionLog log, Channel<ChunkedBuffer> free)
    {
        (_folder, _position, _log, _free) = (folder, position, log, free);
        Written = Task.Factory.StartNew(() => Write(parts), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Makes the buffers that snapshots share.</summary>
    public static Channel<ChunkedBuffer> MakeBuffers()
    {
        var free = Channel.CreateBounded<ChunkedBuffer>(Buffers);
        for (var buffer = 0; buffer < Buffers; buffer++)
        {
            free.Writer.TryWrite(new ChunkedBuffer());
        }

        return free;
    }

    /// <summary>Gets the task that ends when the snapshot stands under its name, with its bytes; it fails where the disk does.</summary>
    public Task<long> Written { get; }

    /// <summary>Takes a buffer for the next part, where one is free.</summary>
    public bool TryRent(out ChunkedBuffer? buffer) => _free.Reader.TryRead(out buffer);

    /// <summary>Takes a part to write.</summary>
    public void Add(int part, long position, ChunkedBuffer bytes) => _parts.Writer.TryWrite((part, position, bytes));

    /// <summary>Says that nobody waits for the log any more, so that the rest may go as fast as the disk does.</summary>
    public void Hurry() => _hurry.TrySetResult();

    /// <summary>Says that there are no more parts.</summary>
    public void Complete() => _parts.Writer.TryComplete();

    /// <summary>Ends it without a snapshot, whatever it waits for.</summary>
    public void GiveUp(string problem)
    {
        Hurry();
        _givenUp.TrySetException(new IOException(problem));
        _parts.Writer.TryComplete(new IOException(problem));
    }

    private long Write(int parts)
    {
        CurrentThread.GiveWay();
        try
        {
            long length;
            using (var stream = _folder.OpenPartial(_position))
            {
                WriteParts(stream, parts);
                Flush(stream);
                length = stream.Position;
            }

            _folder.Publish(_position);
            return length;
        }
        catch
        {
            ReturnBuffers();
            _folder.GiveUp(_position);
            throw;
        }
    }

    private void WriteParts(FileStream stream, int parts)
    {
        Span<byte> header = stackalloc byte[SnapshotFormat.PartHeaderBytes];
        SnapshotFormat.WriteFileHeader(header, parts);
        stream.Write(header[..SnapshotFormat.FileHeaderBytes]);
        var end = 0L;
        foreach (var (part, position, bytes) in _parts.Reader.ReadAllAsync().ToBlockingEnumerable())
        {
            try
            {
                SnapshotFormat.WritePartHeader(header, new SnapshotPart(part, position, bytes.Length, bytes.Checksum));
                stream.Write(header);
                foreach (var piece in bytes.Pieces(PieceBytes))
                {
                    stream.Write(piece.Span);
                    Rest(stream, piece.Length);
                }

                end = Math.Max(end, position);
            }
            finally
            {
                Return(bytes);
            }
        }

        // State that is ahead of what is durable would count clicks that nobody will find in the log.
        if (end > 0)
        {
            Task.WhenAny(_log.WaitDurableAsync(end - 1).AsTask(), _givenUp.Task).Unwrap().GetAwaiter().GetResult();
        }

        SnapshotFormat.WritePartHeader(header, new SnapshotPart(SnapshotFormat.EndPart, end, parts, 0));
        stream.Write(header);
    }

    private void Rest(FileStream stream, int written)
    {
        if (!_hurry.Task.IsCompleted)
        {
            // The disk's own time, which no clock of the events tells.
            Flush(stream);
            _hurry.Task.Wait(TimeSpan.FromSeconds(written / BytesPerSecond));
        }
    }

    private static void Flush(FileStream stream)
    {
        stream.Flush();
        DiskFlush.Flush(stream.SafeFileHandle, stream.Name);
    }

    private void ReturnBuffers()
    {
        _parts.Writer.TryComplete();
        while (_parts.Reader.TryRead(out var left))
        {
            Return(left.Bytes);
        }
    }

    private void Return(ChunkedBuffer buffer)
    {
        buffer.Clear();
        _free.Writer.TryWrite(buffer);
    }
}
