using Guard.Core.Counters;

namespace Guard.Grains.Surrogates;

/// <summary>Carries <see cref="UserCounters"/> between silos.</summary>
[RegisterConverter]
public sealed class UserCountersConverter : IConverter<UserCounters, UserCountersSurrogate>
{
    /// <inheritdoc/>
    public UserCounters ConvertFromSurrogate(in UserCountersSurrogate surrogate) => new()
    {
        Clicks = new(surrogate.Clicks.Minute, surrogate.Clicks.TenMinutes, surrogate.Clicks.Hour, surrogate.Clicks.Day),
        RateTenSeconds = surrogate.Rates.TenSeconds,
        RateTenMinutes = surrogate.Rates.TenMinutes,
        RateSixHours = surrogate.Rates.SixHours,
        Gap = surrogate.Gap,
        Gaps = surrogate.Gaps,
        GapMean = surrogate.GapMean,
        GapVariance = surrogate.GapVariance,
        ActiveHours = surrogate.ActiveHours,
        SessionClicks = surrogate.SessionClicks,
    };

    /// <inheritdoc/>
    public UserCountersSurrogate ConvertToSurrogate(in UserCounters value) => new()
    {
        Clicks = (value.Clicks.Minute, value.Clicks.TenMinutes, value.Clicks.Hour, value.Clicks.Day),
        Rates = (value.RateTenSeconds, value.RateTenMinutes, value.RateSixHours),
        Gap = value.Gap,
        Gaps = value.Gaps,
        GapMean = value.GapMean,
        GapVariance = value.GapVariance,
        ActiveHours = value.ActiveHours,
        SessionClicks = value.SessionClicks,
    };
}
