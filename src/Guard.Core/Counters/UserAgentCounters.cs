namespace Guard.Core.Counters;

/// <summary>How common a user agent is, over all addresses, as of a click, including it. The default value is a user agent never seen.</summary>
public record struct UserAgentCounters
{
    /// <summary>Gets or sets the decayed clicks with a half-life of 6 hours, by the rule of <see cref="UserCounters.RateTenSeconds"/>.</summary>
    public double RateSixHours { get; set; }

    /// <summary>Gets or sets the decayed clicks with a half-life of 7 days.</summary>
    public double RateWeek { get; set; }

    /// <summary>Gets or sets the distinct entities in each window, exact or estimated as in <see cref="EntityCounters"/>; clicks without one add none.</summary>
    public Windowed<float> Entities { get; set; }
}
