namespace Guard.Grains.Ingest;

/// <summary>Since when messages of a partition wait that it took in and has not decided. One activation writes; any thread reads.</summary>
internal sealed class WaitingMessages
{
    private readonly List<long> _times = [];
    private long _oldest = long.MaxValue;

    /// <summary>Gets when the oldest of them came, in Unix milliseconds; <see cref="long.MaxValue"/> where none waits.</summary>
    public long Oldest => Volatile.Read(ref _oldest);

    /// <summary>Gets how long the oldest of them has waited; none where none does.</summary>
    /// <param name="now">The clock, in Unix milliseconds.</param>
    public TimeSpan AgeAt(long now) => HubMessage.AgeOf(Oldest, now);

    /// <summary>Notes messages that came together, until what it returns is disposed of: once they are decided, or given up.</summary>
    /// <param name="time">When the oldest of them came, in Unix milliseconds; <see cref="long.MaxValue"/> where none waits.</param>
    public Wait Enter(long time)
    {
        _times.Add(time);
        Volatile.Write(ref _oldest, Math.Min(_oldest, time));
        return new Wait(this, time);
    }

    private void Leave(long time)
    {
        _times.Remove(time);
        Volatile.Write(ref _oldest, _times.Count == 0 ? long.MaxValue : _times.Min());
    }

    /// <summary>The wait of messages that came together.</summary>
    public readonly struct Wait(WaitingMessages all, long time) : IDisposable
    {
        public void Dispose() => all.Leave(time);
    }
}
