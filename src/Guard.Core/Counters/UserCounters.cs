namespace Guard.Core.Counters;

/// <summary>One user's counters as of a click, including it. The default value is a user never seen.</summary>
public record struct UserCounters
{
    /// <summary>Gets or sets the clicks in each window, late ones in the tile where they belong.</summary>
    /// <remarks>A tile of up to five minutes stops counting at 255, an hour at 65,535.</remarks>
    public Windowed<int> Clicks { get; set; }

    /// <summary>Gets or sets the decayed rate with a half-life of 10 seconds: v ← v·2^(−Δt/h) + 1, and a late click adds 2^(−age/h).</summary>
    /// <remarks>The three half-lives fill the gaps between the windows; they are Guard's own choice.</remarks>
    public float RateTenSeconds { get; set; }

    /// <summary>Gets or sets the decayed rate with a half-life of 10 minutes.</summary>
    public float RateTenMinutes { get; set; }

    /// <summary>Gets or sets the decayed rate with a half-life of 6 hours.</summary>
    public float RateSixHours { get; set; }

    /// <summary>
    /// Gets or sets the milliseconds between this click and the newest one of the user before it, in [0,
    /// <see cref="CounterTime.Horizon"/>]; the horizon where there is none. A late click has its distance to the newest.
    /// </summary>
    public long Gap { get; set; }

    /// <summary>Gets or sets the number of gaps measured, which stops at 255. Late clicks measure none.</summary>
    public byte Gaps { get; set; }

    /// <summary>
    /// Gets or sets the mean of ln(1 + gap in milliseconds): the plain mean of the first 16 gaps, then weighted
    /// exponentially with a newest weight of 1/16.
    /// </summary>
    public float GapMean { get; set; }

    /// <summary>Gets or sets the variance that goes with <see cref="GapMean"/>.</summary>
    /// <remarks>Welford's recurrence with a floor on the weight: mean += αd, variance ← (1−α)(variance + αd²), α = max(1/n, 1/16).</remarks>
    public float GapVariance { get; set; }

    /// <summary>Gets or sets the hour tiles, of the newest 24, that hold a click.</summary>
    public int ActiveHours { get; set; }

    /// <summary>
    /// Gets or sets the clicks of the click's session in the last hour of four 15 min tiles that stop at 255; 0 without a session. A user has
    /// two sessions at a time: a third takes the place of the one less recently used.
    /// </summary>
    public int SessionClicks { get; set; }
}
