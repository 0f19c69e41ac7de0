namespace Guard.Server.Answers;

/// <summary>A user's counters.</summary>
/// <param name="ClicksMinute">Clicks in the last minute.</param>
/// <param name="ClicksTenMinutes">Clicks in the last ten minutes.</param>
/// <param name="ClicksHour">Clicks in the last hour.</param>
/// <param name="ClicksDay">Clicks in the last 24 hours.</param>
/// <param name="RateTenSeconds">The decayed rate with a half-life of 10 seconds.</param>
/// <param name="RateTenMinutes">The decayed rate with a half-life of 10 minutes.</param>
/// <param name="RateSixHours">The decayed rate with a half-life of 6 hours.</param>
/// <param name="GapMilliseconds">Milliseconds between the newest two clicks; 48 hours where there is one.</param>
/// <param name="Gaps">The gaps measured, up to 255.</param>
/// <param name="GapMean">The mean of ln(1 + gap in milliseconds).</param>
/// <param name="GapVariance">Its variance.</param>
/// <param name="ActiveHours">The hours of the last 24 with a click.</param>
/// <param name="SessionClicks">Clicks of the newest session in the last hour.</param>
public sealed record UserCountersAnswer(
    int ClicksMinute,
    int ClicksTenMinutes,
    int ClicksHour,
    int ClicksDay,
    float RateTenSeconds,
    float RateTenMinutes,
    float RateSixHours,
    long GapMilliseconds,
    int Gaps,
    float GapMean,
    float GapVariance,
    int ActiveHours,
    int SessionClicks);
