namespace Guard.Cli.Tests;

/// <summary>A clock on which every wait is over at once, and which then shows the time that the wait would have taken.</summary>
internal sealed class HurriedTime(DateTimeOffset start) : TimeProvider
{
    private long _elapsed;

    public TimeSpan Elapsed => TimeSpan.FromTicks(Volatile.Read(ref _elapsed));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => start.Ticks + Volatile.Read(ref _elapsed);

    public override DateTimeOffset GetUtcNow() => start + Elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero)
        {
            Interlocked.Add(ref _elapsed, dueTime.Ticks);
        }

        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
