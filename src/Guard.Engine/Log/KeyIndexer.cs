using Guard.Engine.Threading;

namespace Guard.Engine.Log;

/// <summary>Writes the indexes of closed segments beside the log's own work, and makes a damaged one anew from its segment.</summary>
internal sealed class KeyIndexer(LogFolder folder, SegmentList segments) : IDisposable
{
    /// <summary>How long the work beside the log rests after a piece of it, which takes about half a millisecond: nobody waits for an index.</summary>
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(5);

    /// <summary>The same while segments close faster than they are indexed, since their keys are held in memory until then.</summary>
    private static readonly TimeSpan s_shortRest = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _hurry = new();
    private Task _work = Task.CompletedTask;
    private bool _disposed;

    /// <summary>Gets the work under way.</summary>
    internal Task Work => Volatile.Read(ref _work);

    /// <summary>Begins to write the indexes of all closed segments that have none on disk.</summary>
    public void Start() => Volatile.Write(ref _work, Work.ContinueWith(_ => WriteMissing(), CancellationToken.None, TaskContinuationOptions.LongRunning, TaskScheduler.Default));

    /// <summary>Adds every place of a key in a segment.</summary>
    public void Find(Segment segment, ulong key, List<KeyPlace> places)
    {
        var found = places.Count;
        try
        {
            segment.Keys.Find(key, places);
        }
        catch (Exception exception) when (exception is ObjectDisposedException or DamagedIndexException && !segments.Current.Contains(segment))
        {
            // Dropped meanwhile, as if the question had come later.
        }
        catch (DamagedIndexException damage)
        {
            places.RemoveRange(found, places.Count - found);
            Rebuild(segment, damage);
            segment.Keys.Find(key, places);
        }
    }

    /// <summary>Reads the keys of a segment from its blocks.</summary>
    public static KeyChunks Collect(LogFolder folder, Segment segment)
    {
        var keys = new KeyChunks(segment.First);
        using var reader = new SegmentReader(folder.Read(segment));
        var (offset, end) = ((long)SegmentHeader.Size, segment.Length);
        while (offset >= 0 && offset < end)
        {
            if (reader.Read(offset, end) == BlockCheck.Intact)
            {
                keys.Add(reader.Header.Position, reader.Body.Span[..(reader.Header.Keys * sizeof(ulong))]);
                offset += reader.Header.BlockLength;
            }
            else
            {
                offset = reader.Search(offset + BlockHeader.Alignment, end, segment.First);
            }
        }

        return keys;
    }

    /// <summary>Closes the index of a segment that is no longer in the list; none is written for it any more.</summary>
    public void Release(Segment segment)
    {
        lock (_gate)
        {
            (segment.Keys as IDisposable)?.Dispose();
        }
    }

    /// <summary>Waits for the work under way and closes the indexes.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _hurry.Cancel();
            Work.Wait();
            _hurry.Dispose();
        }

        lock (_gate)
        {
            _disposed = true;
            foreach (var segment in segments.Current)
            {
                (segment.Keys as IDisposable)?.Dispose();
            }
        }
    }

    private void WriteMissing()
    {
        CurrentThread.GiveWay();
        foreach (var segment in segments.Current)
        {
            lock (_gate)
            {
                if (segment is { IsClosed: true, Keys: KeyChunks keys } && segments.Current.Contains(segment))
                {
                    Write(segment, keys, () => _hurry.Token.WaitHandle.WaitOne(IsBehind() ? s_shortRest : s_rest));
                }
            }
        }
    }

    private bool IsBehind() => segments.Current.Count(static segment => segment is { IsClosed: true, Keys: KeyChunks }) > 1;

    private void Write(Segment segment, KeyChunks keys, Action rest)
    {
        try
        {
            segment.Keys = KeyIndexFile.Write(folder, segment, keys, rest);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            folder.Journal.IndexNotWritten(segment.Name, exception.Message);
        }
    }

    private void Rebuild(Segment segment, DamagedIndexException damage)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(PartitionLog));
            if (segment.Keys is KeyIndexFile damaged && segments.Current.Contains(segment))
            {
                folder.Journal.Add(LogFault.DamagedIndex, SegmentName.IndexOf(segment.Path), damage.Offset, segment.First, "The index is not what was written; made anew from the segment.");
                var keys = Collect(folder, segment);
                segment.Keys = keys;
                damaged.Dispose();
                Write(segment, keys, static () => { });
            }
        }
    }
}
