namespace Guard.Engine.Log;

/// <summary>How a partition's log is kept.</summary>
public sealed record PartitionLogOptions
{
    /// <summary>Gets the size at which a segment is closed and the next begun, in bytes, in [4096, 1 GiB]. Default: 256 MiB.</summary>
    public long SegmentBytes { get; init; } = 256L << 20;

    /// <summary>Gets the age at which a segment is closed and the next begun, so that little traffic leaves by age too, at least a minute. Default: 1 day.</summary>
    public TimeSpan SegmentAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Gets the bytes that may wait for the disk before <see cref="PartitionLog.WaitForRoomAsync"/> waits, in [4096, 512 MiB]. Default: 64 MiB.</summary>
    public int PendingBytes { get; init; } = 64 << 20;

    /// <summary>Gets the age since its last block from which a segment that a snapshot covers is dropped, at least a minute. Default: 30 days.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Gets the size of the whole log from which the oldest segments that a snapshot covers are dropped, in bytes, at least <see cref="SegmentBytes"/>. Default: 32 GiB.</summary>
    public long KeepBytes { get; init; } = 32L << 30;

    /// <summary>
    /// Gets how many files that were set aside, as damaged or out of place, are kept at most, in [0, 10,000]; the newest stay, and none
    /// longer than <see cref="KeepFor"/>. What goes is said in the log. Default: 32.
    /// </summary>
    public int KeepAside { get; init; } = 32;

    /// <summary>Gets how long a failed write rests before it is tried again, in [1 ms, 1 min]. Default: 500 ms.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public void Validate()
    {
        ThrowUnlessWithin(SegmentBytes, 4096, 1L << 30, nameof(SegmentBytes));
        ThrowUnlessWithin(SegmentAge, TimeSpan.FromMinutes(1), TimeSpan.MaxValue, nameof(SegmentAge));
        ThrowUnlessWithin(PendingBytes, 4096, 512 << 20, nameof(PendingBytes));
        ThrowUnlessWithin(KeepFor, TimeSpan.FromMinutes(1), TimeSpan.MaxValue, nameof(KeepFor));
        ThrowUnlessWithin(KeepBytes, SegmentBytes, long.MaxValue, nameof(KeepBytes));
        ThrowUnlessWithin(KeepAside, 0, 10_000, nameof(KeepAside));
        ThrowUnlessWithin(RetryAfter, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), nameof(RetryAfter));
    }

    private static void ThrowUnlessWithin<T>(T value, T minimum, T maximum, string name)
        where T : IComparable<T>
    {
        if (value.CompareTo(minimum) < 0 || value.CompareTo(maximum) > 0)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; give a value from {minimum} to {maximum}.");
        }
    }
}
