namespace Guard.Core.Counters;

/// <summary>The counters of one entity (an IP address) as of a click, including it. The default value is an entity never seen.</summary>
/// <remarks>
/// Distinct counts are exact, but for two values whose 32-bit fingerprints are the same, until more than 128 values of a kind
/// lie in the last 24 hours; then each window is estimated by a HyperLogLog of its values with 128 registers, whose relative
/// standard error is 1.04/√128 ≈ 9.2 %, until the kind has no value left in 24 hours.
/// </remarks>
public record struct EntityCounters
{
    /// <summary>Gets or sets the clicks in each window, late ones in the tile where they belong.</summary>
    /// <remarks>A tile of up to one minute stops counting at 255, one of five minutes or two hours at 65,535; the day is a ring of twelve two-hour tiles.</remarks>
    public Windowed<int> Clicks { get; set; }

    /// <summary>Gets or sets the decayed clicks with a half-life of 7 days, by the rule of <see cref="UserCounters.RateTenSeconds"/>.</summary>
    public double RateWeek { get; set; }

    /// <summary>
    /// Gets or sets the milliseconds between this click and the entity's newest one before it, in [0, <see cref="CounterTime.LongHorizon"/>];
    /// the horizon where there is none. A late click has its distance to the newest.
    /// </summary>
    public long Gap { get; set; }

    /// <summary>Gets or sets the distinct users in each window.</summary>
    public Windowed<float> Users { get; set; }

    /// <summary>Gets or sets the distinct sessions in each window; clicks without one add none.</summary>
    public Windowed<float> Sessions { get; set; }

    /// <summary>Gets or sets the distinct user agents in each window; clicks without one add none.</summary>
    public Windowed<float> UserAgents { get; set; }
}
