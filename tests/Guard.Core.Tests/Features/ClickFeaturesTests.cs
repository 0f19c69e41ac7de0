using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Features;
using Guard.Core.Tests.Counters;

namespace Guard.Core.Tests.Features;

public sealed class ClickFeaturesTests
{
    private static readonly FeatureSchema s_schema = ClickFeatures.Schema;

    [Fact]
    public void The_schema_has_24_features_with_names_units_ranges_and_phrases_of_their_own()
    {
        Assert.Equal(("clicks", 1, 24), (s_schema.Name, s_schema.Version, s_schema.Width));
        Assert.Equal(24, s_schema.Features.Select(static f => f.Name).Distinct().Count());
        Assert.Equal(24, s_schema.Features.Select(static f => f.Description).Distinct().Count());
        Assert.All(s_schema.Features, static f => Assert.True(f.Minimum < f.Maximum && f.Unit.Length > 0));
    }

    [Fact]
    public void Every_value_of_a_stream_lies_in_its_range() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), static seed =>
        {
            foreach (var kind in ClickStreams.Kinds)
            {
                var stream = kind.Generate(seed);
                foreach (var (arrival, reading) in stream.Zip(new ShardRun().Apply(stream)))
                {
                    AssertInRange(Write(arrival.Click, reading.User, reading.Entity, reading.UserAgent));
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5));

    [Fact]
    public void The_extremes_of_the_counters_lie_in_their_ranges()
    {
        AssertInRange(Write(new Click { Time = long.MinValue / 2 }, default, default));
        var user = new UserCounters
        {
            Clicks = new(6 * 255, 10 * 255, 12 * 255, 24 * 65_535),
            RateTenSeconds = 1 << 24,
            RateTenMinutes = 1 << 24,
            RateSixHours = 1 << 24,
            Gap = CounterTime.Horizon,
            Gaps = 255,
            ActiveHours = 24,
            SessionClicks = 4 * 255,
        };
        var most = HyperLogLog.Most;
        var entity = new EntityCounters { Clicks = new(6 * 255, 10 * 255, 12 * 65_535, 12 * 65_535), Users = new(1, 1, 1, most), RateWeek = double.MaxValue, Gap = CounterTime.LongHorizon };
        AssertInRange(Write(new Click { Time = CounterTime.End }, user, entity, new UserAgentCounters { RateWeek = double.MaxValue }));
        AssertInRange(Write(default, user, entity with { Users = new(most, most, most, 1), Sessions = new(most, most, most, most) }));
    }

    [Fact]
    public void Time_of_day_and_day_of_week_lie_on_the_unit_circle_in_UTC()
    {
        // 2026-01-05 was a Monday.
        var monday = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal([0, 1, 0, 1], Write(At(monday))[16..20]);
        var morning = Write(At(monday.AddDays(2).AddHours(6)));
        Assert.Equal(1, morning[16], 1e-6);
        Assert.Equal(0, morning[17], 1e-6);
        Assert.Equal(Math.Sin(4 * Math.PI / 7), morning[18], 1e-6);
        Assert.Equal(Math.Cos(4 * Math.PI / 7), morning[19], 1e-6);
        var sunday = Write(At(monday.AddDays(-1).AddHours(23)));
        Assert.Equal(Math.Cos(2 * Math.PI * 6 / 7), sunday[19], 1e-6);
    }

    [Fact]
    public void Only_the_time_of_day_and_the_day_of_the_week_lie_on_a_cycle() =>
        Assert.Equal(
            [("time.day.sin", 1), ("time.day.cos", 1), ("time.week.sin", 7), ("time.week.cos", 7)],
            s_schema.Features.Where(static f => f.Cycle != TimeSpan.Zero).Select(static f => (f.Name, f.Cycle.Days)));

    [Fact]
    public void What_an_address_and_a_user_agent_did_for_days_enters_as_the_logarithm_of_its_rate()
    {
        var row = Write(default, default, new EntityCounters { RateWeek = 8.5, Gap = 999 }, new UserAgentCounters { RateWeek = 3e9 });
        Assert.Equal(MathF.Log(9.5f), row[10], 1e-6f);
        Assert.Equal(MathF.Log(1000), row[11], 1e-5f);
        Assert.Equal(Math.Log(3e9 + 1), row[15], 1e-5);
    }

    [Fact]
    public void A_clock_scores_higher_on_regularity_than_a_human_and_a_newcomer()
    {
        var clock = new UserCounters { Gaps = 200, GapVariance = 0.0001f };
        var human = new UserCounters { Gaps = 200, GapVariance = 6 };
        var newcomer = new UserCounters { Gaps = 1, GapVariance = 0 };
        Assert.InRange(Regularity(clock), 0.9f, 1);
        Assert.InRange(Regularity(human), 0, 0.4f);
        Assert.InRange(Regularity(newcomer), 0, 0.2f);
        static float Regularity(UserCounters user) => Write(default, user)[5];
    }

    [Fact]
    public void A_gateway_full_of_humans_differs_from_one_robot_by_its_clicks_a_user()
    {
        var gateway = new EntityCounters { Clicks = new(9, 90, 600, 9000), Users = new(9, 80, 400, 2000), Sessions = new(9, 80, 450, 2400) };
        var robot = gateway with { Users = new(1, 1, 1, 1) };
        Assert.Equal(MathF.Log(2.5f), Write(default, default, gateway)[13], 1e-6f);
        Assert.Equal(MathF.Log(601), Write(default, default, robot)[13], 1e-5f);
        Assert.Equal(MathF.Log(1 + 2400 / 2000f), Write(default, default, gateway)[14], 1e-6f);
        Assert.Equal(MathF.Log(2001), Write(default, default, gateway)[12], 1e-5f);
    }

    [Theory]
    [InlineData(DeviceType.Mobile, ClickTraits.LoggedIn, 1, 1, 0, 0)]
    [InlineData(DeviceType.Tablet, ClickTraits.Late, 0, 1, 0, 0)]
    [InlineData(DeviceType.Desktop, ClickTraits.Anonymous, 0, 0, 1, 0.5f)]
    [InlineData(DeviceType.Tv, ClickTraits.NoUserAgent | ClickTraits.Anonymous, 0, 0, 0, 1)]
    public void Indicators_say_what_the_event_says(DeviceType device, ClickTraits traits, float loggedIn, float mobile, float desktop, float unidentified) =>
        Assert.Equal([loggedIn, mobile, desktop, unidentified], Write(new Click { Device = device, Traits = traits })[20..]);

    [Fact]
    public void A_row_of_another_width_is_refused() =>
        Assert.Throws<ArgumentException>(static () => ClickFeatures.Write(default, default, default, default, new float[23]));

    private static Click At(DateTimeOffset time) => new() { Time = time.ToUnixTimeMilliseconds() };

    private static float[] Write(Click click, UserCounters user = default, EntityCounters entity = default, UserAgentCounters userAgent = default)
    {
        var row = new float[s_schema.Width];
        ClickFeatures.Write(click, user, entity, userAgent, row);
        return row;
    }

    private static void AssertInRange(float[] row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var feature = s_schema.Features[i];
            if (!(row[i] >= feature.Minimum && row[i] <= feature.Maximum))
            {
                Assert.Fail($"{feature.Name} = {row[i]}");
            }
        }
    }
}
