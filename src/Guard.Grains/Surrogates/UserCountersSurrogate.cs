namespace Guard.Grains.Surrogates;

/// <summary>A user's counters on their way between silos.</summary>
[GenerateSerializer]
[Alias("guard.user-counters")]
public struct UserCountersSurrogate
{
    /// <summary>Gets or sets the clicks in each window, from the shortest.</summary>
    [Id(0)]
    public (int Minute, int TenMinutes, int Hour, int Day) Clicks { get; set; }

    /// <summary>Gets or sets the decayed rates, from the fastest.</summary>
    [Id(1)]
    public (float TenSeconds, float TenMinutes, float SixHours) Rates { get; set; }

    /// <summary>Gets or sets the gap to the click before.</summary>
    [Id(2)]
    public long Gap { get; set; }

    /// <summary>Gets or sets the gaps measured.</summary>
    [Id(3)]
    public byte Gaps { get; set; }

    /// <summary>Gets or sets the mean of the logarithms of gaps.</summary>
    [Id(4)]
    public float GapMean { get; set; }

    /// <summary>Gets or sets their variance.</summary>
    [Id(5)]
    public float GapVariance { get; set; }

    /// <summary>Gets or sets the hours of the last day with a click.</summary>
    [Id(6)]
    public int ActiveHours { get; set; }

    /// <summary>Gets or sets the clicks of the session in the last hour.</summary>
    [Id(7)]
    public int SessionClicks { get; set; }
}
