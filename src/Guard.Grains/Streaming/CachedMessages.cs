namespace Guard.Grains.Streaming;

/// <summary>Since when messages of a partition wait in the stream's cache: received from the hub, and not handed on to the partition's grain. Safe for concurrent use.</summary>
internal sealed class CachedMessages
{
    private readonly Queue<(long Last, long Oldest)> _reads = [];
    private long _handed = -1;

    /// <summary>
    /// Gets when the oldest of them came, in Unix milliseconds; <see cref="long.MaxValue"/> where none waits. Of messages that
    /// one read of the hub brought it is the first one's time until the last is handed on.
    /// </summary>
    public long Oldest
    {
        get
        {
            lock (_reads)
            {
                Forget();
                return _reads.TryPeek(out var read) ? read.Oldest : long.MaxValue;
            }
        }
    }

    /// <summary>Notes what one read of the hub brought.</summary>
    /// <param name="last">The number of its last message.</param>
    /// <param name="oldest">When its first message came, in Unix milliseconds.</param>
    public void Received(long last, long oldest)
    {
        lock (_reads)
        {
            Forget();
            _reads.Enqueue((last, oldest));
        }
    }

    /// <summary>Notes that a message is on its way to the grain. Called for each, in order.</summary>
    public void HandedOn(long message) => Volatile.Write(ref _handed, Math.Max(message, Volatile.Read(ref _handed)));

    private void Forget()
    {
        while (_reads.TryPeek(out var read) && read.Last <= Volatile.Read(ref _handed))
        {
            _reads.Dequeue();
        }
    }
}
