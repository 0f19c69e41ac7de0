using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Guard.Engine.Log;

/// <summary>
/// The log of one partition: opaque blocks in order, appended, durable, and read again from any position. What a block
/// holds is known by the numbers of its clicks and by one 64-bit key a click, so that a click is found without its block's content.
/// </summary>
/// <remarks>
/// Positions are ordinals of blocks, from 0, and never change. <see cref="Append"/> is for one thread; everything else is for any.
/// Blocks that wait are written and flushed together by one thread of the log.
/// </remarks>
public sealed class PartitionLog : IDisposable
{
    /// <summary>The greatest payload of a block in bytes.</summary>
    public const int GreatestPayload = 64 << 20;
    private readonly FolderLock _lock;
    private readonly LogFolder _folder;
    private readonly SegmentList _segments;
    private readonly KeyIndexer _indexer;
    private readonly DroppedFiles _dropped;
    private readonly PendingBlocks _pending;
    private readonly DurablePosition _durable;
    private readonly LogWriter _writer;

    private PartitionLog(FolderLock folderLock, LogFolder folder, RecoveredLog recovered)
    {
        (_lock, _folder, _segments) = (folderLock, folder, recovered.Segments);
        _pending = new PendingBlocks(folder.Options.PendingBytes, recovered.Next, recovered.NextNumber, recovered.LastChecksum);
        _durable = new DurablePosition(recovered.Next);
        _indexer = new KeyIndexer(folder, _segments);
        _indexer.Start();
        _dropped = new DroppedFiles(folder);
        _dropped.Start();
        var tail = new SegmentTail(folder, _segments, _indexer);
        if (recovered.Tail is { } segment)
        {
            tail.Continue(segment);
        }

        folder.Journal.Opened(folder.Path, _segments.Current.Length, Bytes, First, recovered.Next);
        _writer = new LogWriter(folder, _pending, _durable, tail);
    }

    /// <summary>Gets what was found wrong so far, at opening and since.</summary>
    public IReadOnlyList<LogFinding> Findings => _folder.Journal.Findings;

    /// <summary>Gets the position of the oldest block that is kept; the next position where none is.</summary>
    public long First => _segments.Current is [var first, ..] ? first.First : Durable;

    /// <summary>Gets the position that the next block gets.</summary>
    public long Next => _pending.Next;

    /// <summary>Gets the number behind the last click appended.</summary>
    public long NextNumber => _pending.NextNumber;

    /// <summary>Gets the position behind the last durable block.</summary>
    public long Durable => _durable.End;

    /// <summary>Gets the bytes that wait for the disk.</summary>
    public int PendingBytes => _pending.Length;

    /// <summary>Gets the bytes of the log's segments.</summary>
    public long Bytes => _segments.Current.Sum(static segment => segment.Length);

    /// <summary>Gets whether the log can write.</summary>
    public LogHealth Health => _writer.Health;

    /// <summary>Gets the writing of indexes that is under way.</summary>
    internal Task Indexing => _indexer.Work;

    /// <summary>Gets the deletion of dropped files that is under way.</summary>
    internal Task Deleting => _dropped.Work;

    /// <summary>Opens the log in a folder, which is made where it is not there; checks all that no snapshot covers, and mends what can be mended.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="covered">
    /// The position up to which a snapshot holds what the blocks did. Damage behind it costs the decisions in the damaged blocks.
    /// Damage at or after it ends the log there: what comes behind cannot be applied and is set aside under another name.
    /// </param>
    /// <param name="options">How it is kept.</param>
    /// <param name="time">The clock; the system's where left out.</param>
    /// <param name="logger">Where faults are said.</param>
    /// <exception cref="FolderInUseException">Another process works in the folder.</exception>
    /// <exception cref="LogFormatException">Another version of Guard wrote the log. Nothing was changed.</exception>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static PartitionLog Open(string folder, long covered = 0, PartitionLogOptions? options = null, TimeProvider? time = null, ILogger? logger = null)
        => Open(folder, covered, options, time, logger, static (path, mode, access) => new SegmentFile(path, mode, access));

    /// <summary>Appends a block; it waits in memory until the log's thread has written it.</summary>
    /// <param name="payload">The content, at most <see cref="GreatestPayload"/> bytes; copied.</param>
    /// <param name="first">The number of the first click inside, at least <see cref="NextNumber"/>; the next number for a block without clicks.</param>
    /// <param name="count">How many clicks are inside; they have the numbers from <paramref name="first"/> on.</param>
    /// <param name="keys">One key for each click, or none.</param>
    /// <returns>The block's position.</returns>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    /// <exception cref="LogFailedException">The log takes no more.</exception>
    public long Append(ReadOnlySpan<byte> payload, long first, int count, ReadOnlySpan<ulong> keys = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, GreatestPayload, nameof(payload));
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (keys.Length != 0 && keys.Length != count)
        {
            throw new ArgumentException($"{keys.Length} keys came with {count} clicks; give one for each, or none.", nameof(keys));
        }

        return _pending.Append(first, count, keys, payload);
    }

    /// <summary>Waits until a block is durable.</summary>
    /// <param name="position">The block's position.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="LogFailedException">It cannot become durable any more.</exception>
    public ValueTask WaitDurableAsync(long position, CancellationToken cancellationToken = default) => _durable.WaitAsync(position, cancellationToken);

    /// <summary>Has one listener told how far the log is durable, from the next write on.</summary>
    internal void Listen(IDurabilityListener listener) => _durable.Listen(listener);

    /// <summary>Waits until fewer bytes wait for the disk than <see cref="PartitionLogOptions.PendingBytes"/>.</summary>
    /// <exception cref="LogFailedException">The log takes no more.</exception>
    public Task WaitForRoomAsync(CancellationToken cancellationToken = default) => _pending.WaitForRoomAsync().WaitAsync(cancellationToken);

    /// <summary>Reads the durable blocks from a position on, or from the oldest that is kept where that is later.</summary>
    public LogCursor Read(long position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        return new LogCursor(_folder, _segments, position);
    }

    /// <summary>Finds the durable block that holds a click.</summary>
    /// <param name="number">The click's number.</param>
    /// <returns>The block's position; <see langword="null"/> where none that is kept and intact holds it.</returns>
    public long? PositionOf(long number)
    {
        if (_segments.ByNumber(number) is not { } segment)
        {
            return null;
        }

        using var cursor = Read(segment.Places.ByNumber(number)?.Position ?? segment.First);
        while (cursor.TryRead(out var block) && block.First <= number)
        {
            if (number < block.First + block.Count)
            {
                return block.Position;
            }
        }

        return null;
    }

    /// <summary>Finds where a key stands among the durable blocks, the newest first. Other clicks may have the same key: compare what the block holds.</summary>
    public IReadOnlyList<KeyPlace> Find(ulong key)
    {
        var places = new List<KeyPlace>();
        foreach (var segment in _segments.Current)
        {
            _indexer.Find(segment, key, places);
        }

        places.Sort(static (left, right) => (right.Position, right.Row).CompareTo((left.Position, left.Row)));
        return places;
    }

    /// <summary>Drops the oldest segments that a snapshot covers wholly, as far as they are older or the log is larger than the options say.</summary>
    /// <param name="covered">The position up to which a durable snapshot holds what the blocks did.</param>
    /// <returns>How many segments were dropped; their files go soon after. The segment that is being written stays.</returns>
    public int Retain(long covered)
    {
        var dropped = 0;
        while (_segments.Current is [var oldest, var next, ..] && oldest.End <= covered && next.First <= covered
            && (_folder.Time.GetUtcNow() - next.Header.Created >= _folder.Options.KeepFor || Bytes > _folder.Options.KeepBytes))
        {
            _segments.Remove(oldest);
            _indexer.Release(oldest);
            DroppedFiles.Drop(oldest.Path);
            DroppedFiles.Drop(SegmentName.IndexOf(oldest.Path));
            _folder.Journal.Dropped(oldest.Name, oldest.First, oldest.End, oldest.Length);
            dropped++;
        }

        if (dropped > 0)
        {
            _dropped.Start();
        }

        return dropped;
    }

    /// <summary>Closes the log: what waits is written first.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _indexer.Dispose();
        _dropped.Dispose();
        _lock.Dispose();
    }

    internal static PartitionLog Open(string folder, long covered, PartitionLogOptions? options, TimeProvider? time, ILogger? logger, Func<string, FileMode, FileAccess, SegmentFile> open)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(covered);
        options ??= new PartitionLogOptions();
        options.Validate();
        var folderLock = FolderLock.Acquire(folder);
        try
        {
            var shared = new LogFolder(Path.GetFullPath(folder), options, time ?? TimeProvider.System, new LogJournal(logger ?? NullLogger.Instance), open);
            return new PartitionLog(folderLock, shared, new LogRecovery(shared, covered).Run());
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }
}
