namespace Guard.Core.Watching.Slices;

/// <summary>What a later purchase needs of its click. Plain data of 16 bytes, saved as it is.</summary>
internal struct RecentClick
{
    /// <summary>The keyed hash of the click id; 0 for an empty slot.</summary>
    public ulong Id;

    /// <summary>Which interval of five minutes since 1970 the click belongs to.</summary>
    public uint Interval;

    /// <summary>The code of the click's leaf.</summary>
    public ushort Leaf;

    public byte ScoreBin;

    /// <summary>Whether the click was invalidated (1) and whether a purchase took it (2).</summary>
    public byte Flags;

    public const byte InvalidFlag = 1;
    public const byte TakenFlag = 2;

    public readonly bool Invalid => (Flags & InvalidFlag) != 0;

    public readonly bool Taken => (Flags & TakenFlag) != 0;

    /// <summary>The time at which the click's interval starts.</summary>
    public readonly long Time => Interval * EventGrid.IntervalLength;
}
