namespace Guard.Core.Counters;

/// <summary>How common a user agent is, over all traffic, as of a click, including it. The default value is a user agent never seen.</summary>
public record struct UserAgentCounters
{
    /// <summary>Gets or sets the decayed clicks with a half-life of 7 days, by the rule of <see cref="UserCounters.RateTenSeconds"/>.</summary>
    public double RateWeek { get; set; }
}
