using System.Runtime.Intrinsics;
using Guard.Core.Clicks;
using Guard.Core.Counters;

namespace Guard.Core.Features;

/// <summary>The features of a click: what the model sees of it, of its user and of its address.</summary>
/// <remarks>
/// Counts enter as ln(1 + x), which keeps the first clicks apart and the thousandth in range. The choice is Guard's own; the
/// published description names the groups (user counters, entity counters, time on the unit circle, login) and not the features.
/// Within an hour a user's clicks enter as decayed rates and not as windows, which would say the same again.
/// </remarks>
public static class ClickFeatures
{
    private const float MostSmallTile = 255;
    private const float MostWideTile = 65_535;
    private const float MostRate = 1 << 24;
    private const float MostLongRate = 1L << 40;
    private const float MostDistinct = 1 << 24;
    private const int GapsTrusted = 8;

    /// <summary>Gets the schema: <c>clicks</c>, version 1, 24 features.</summary>
    public static FeatureSchema Schema { get; } = new("clicks", 1,
    [
        Count("user.rate.10s", "decayed clicks", MostRate, "clicks of this user in the last seconds (rate with a half-life of 10 s)"),
        Count("user.rate.10m", "decayed clicks", MostRate, "clicks of this user in the last minutes (rate with a half-life of 10 min)"),
        Count("user.rate.6h", "decayed clicks", MostRate, "clicks of this user in the last hours (rate with a half-life of 6 h)"),
        Count("user.clicks.24h", "clicks", 24 * MostWideTile, "clicks of this user in the last 24 hours"),
        Count("user.gap", "milliseconds", CounterTime.Horizon, "time since this user's click before; 48 hours where there is none"),
        new("user.regularity", "share", 0, 1, "how evenly spaced this user's clicks are (0 irregular or too few to say, 1 like a clock)"),
        new("user.hours.24h", "share of 24 hours", 0, 1, "hours of the last 24 in which this user clicked"),
        Count("session.clicks.1h", "clicks", 4 * MostSmallTile, "clicks of this session in the last hour"),
        Count("ip.clicks.10m", "clicks", 10 * MostSmallTile, "clicks from this address in the last ten minutes"),
        Count("ip.clicks.24h", "clicks", 12 * MostWideTile, "clicks from this address in the last 24 hours"),
        Count("ip.rate.7d", "decayed clicks", MostLongRate, "clicks from this address in the last days (rate with a half-life of 7 days)"),
        Count("ip.gap", "milliseconds", CounterTime.LongHorizon, "time since the click before from this address; 14 days where there is none"),
        Count("ip.users.24h", "users", MostDistinct, "users behind this address in the last 24 hours"),
        Count("ip.clicks_per_user.1h", "clicks a user", 12 * MostWideTile, "clicks a user from this address in the last hour"),
        Count("ip.sessions_per_user.24h", "sessions a user", MostDistinct, "sessions a user from this address in the last 24 hours"),
        Count("agent.rate.7d", "decayed clicks", MostLongRate, "clicks of all users with this user agent in the last days (rate with a half-life of 7 days)"),
        new("time.day.sin", "sine", -1, 1, "time of day in UTC (before noon against after)") { Cycle = TimeSpan.FromDays(1) },
        new("time.day.cos", "cosine", -1, 1, "time of day in UTC (around midnight against around noon)") { Cycle = TimeSpan.FromDays(1) },
        new("time.week.sin", "sine", -1, 1, "day of the week in UTC (Tuesday to Thursday against Friday to Sunday)") { Cycle = TimeSpan.FromDays(7) },
        new("time.week.cos", "cosine", -1, 1, "day of the week in UTC (Sunday to Tuesday against Thursday and Friday)") { Cycle = TimeSpan.FromDays(7) },
        new("user.logged_in", "0 or 1", 0, 1, "the user was logged in"),
        new("device.mobile", "0 or 1", 0, 1, "the device was a mobile phone or a tablet"),
        new("device.desktop", "0 or 1", 0, 1, "the device was a desktop computer"),
        new("click.unidentified", "0, ½ or 1", 0, 1, "the click came without a user id (½), without a user agent (½), or without either (1)"),
    ]);

    /// <summary>Writes the features of one click.</summary>
    /// <param name="click">The click.</param>
    /// <param name="user">Its user's counters as of the click.</param>
    /// <param name="entity">Its address's counters as of the click; the default value where it has none.</param>
    /// <param name="userAgent">Its user agent's counters as of the click; the default value where it has none.</param>
    /// <param name="features">Written: one value a feature of <see cref="Schema"/>, each in its range.</param>
    /// <exception cref="ArgumentException">The row has another width than the schema.</exception>
    public static void Write(in Click click, in UserCounters user, in EntityCounters entity, in UserAgentCounters userAgent, Span<float> features)
    {
        if (features.Length != 24)
        {
            throw new ArgumentException($"A row of {features.Length} values where the schema has 24.", nameof(features));
        }

        // The logarithms but for those of a small table, four together.
        var userLogarithms = ElementaryFunctions.Ln(Vector256.Create(1.0) + Vector256.Create(user.RateTenSeconds, user.RateTenMinutes, user.RateSixHours, (int)user.Gap));
        var entityLogarithms = ElementaryFunctions.Ln(Vector256.Create(1.0) + Vector256.Create(LongRate(entity.RateWeek), (int)entity.Gap, entity.Users.Day, Ratio(entity.Clicks.Hour, entity.Users.Hour)));
        var otherLogarithms = ElementaryFunctions.Ln(Vector256.Create(1.0) + Vector256.Create(Ratio(entity.Sessions.Day, entity.Users.Day), LongRate(userAgent.RateWeek), 0, 0));
        features[0] = userLogarithms[0];
        features[1] = userLogarithms[1];
        features[2] = userLogarithms[2];
        features[3] = Logarithm(user.Clicks.Day);
        features[4] = userLogarithms[3];
        features[5] = Regularity(user);
        features[6] = user.ActiveHours / 24f;
        features[7] = Logarithm(user.SessionClicks);
        features[8] = Logarithm(entity.Clicks.TenMinutes);
        features[9] = Logarithm(entity.Clicks.Day);
        features[10] = entityLogarithms[0];
        features[11] = entityLogarithms[1];
        features[12] = entityLogarithms[2];
        features[13] = entityLogarithms[3];
        features[14] = otherLogarithms[0];
        features[15] = otherLogarithms[1];
        (features[16], features[17]) = CalendarCircle.OfDay(click.Time);
        (features[18], features[19]) = CalendarCircle.OfWeek(click.Time);
        features[20] = Indicator(click.LoggedIn);
        features[21] = Indicator(click.Device is DeviceType.Mobile or DeviceType.Tablet);
        features[22] = Indicator(click.Device is DeviceType.Desktop);
        features[23] = 0.5f * (Indicator((click.Traits & ClickTraits.Anonymous) != ClickTraits.None)
            + Indicator((click.Traits & ClickTraits.NoUserAgent) != ClickTraits.None));
    }

    /// <summary>1/(1 + s) for the standard deviation s of ln gap, shrunk to 0 while the gaps are few: n/(n + 8).</summary>
    private static float Regularity(in UserCounters user) =>
        user.Gaps / (float)(user.Gaps + GapsTrusted) / (1 + MathF.Sqrt(user.GapVariance));

    private static float Indicator(bool holds) => holds ? 1 : 0;

    private static double LongRate(double rate) => Math.Min(rate, MostLongRate);

    private static float Logarithm(int count) => ElementaryFunctions.LnOnePlus(count);

    /// <summary>x/y, with the denominator at least 1.</summary>
    private static float Ratio(float numerator, float denominator) => numerator / Math.Max(1, denominator);

    private static Feature Count(string name, string unit, float most, string description) =>
        new(name, $"ln(1 + {unit})", 0, ElementaryFunctions.Ln(1.0 + most), description);
}
