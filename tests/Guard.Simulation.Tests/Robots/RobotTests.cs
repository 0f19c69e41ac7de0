using Guard.Simulation.Robots;
using Guard.Simulation.Scenarios;
using MathNet.Numerics.Statistics;

namespace Guard.Simulation.Tests.Robots;

public sealed class RobotTests
{
    public static TheoryData<RobotSpec> Kinds =>
    [
        new BurstRobot { Share = 0.2, Agents = 100, Clicks = 40 },
        new SteadyRobot { Share = 0.2 },
        new BotnetRobot { Share = 0.2 },
        new RotatingRobot { Share = 0.2, ClicksPerRun = 40 },
        new MimicRobot { Share = 0.2 },
        new WaveRobot { Share = 0.2 },
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_robot_makes_its_share_of_the_clicks_and_never_buys(RobotSpec robot)
    {
        var stream = new SimulatedStream(TestScenario.With(robot));
        var clicks = stream.Robots(robot.Kind).ToList();
        Assert.Equal(0.2, clicks.Count / (double)stream.Clicks.Count, 0.03);
        var ids = clicks.Select(click => click.Id).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(stream.Purchases, purchase => ids.Contains(purchase.Click));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_robot_begins_at_its_day_and_hour(RobotSpec robot)
    {
        var late = robot with { StartDay = 4, StartHour = 10, Name = "late-one" };
        var clicks = new SimulatedStream(TestScenario.With(late)).Robots(robot.Kind).ToList();
        var begin = TestScenario.Start.AddDays(4).AddHours(10);
        Assert.InRange(clicks.Min(click => click.Time), begin, begin.AddHours(8));
        Assert.All(clicks, click => Assert.Equal("late-one", click.Truth.Robot));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_robot_makes_its_share_even_where_its_pace_would_not_allow_it(RobotSpec robot)
    {
        var few = robot switch
        {
            BurstRobot burst => burst with { Agents = 1, GapSeconds = 600 },
            RotatingRobot rotating => rotating with { Addresses = 1, GapSeconds = 3600 },
            SteadyRobot steady => steady with { Agents = 1 },
            BotnetRobot botnet => botnet with { Agents = 10 },
            _ => robot,
        };
        var stream = new SimulatedStream(TestScenario.With(few));
        Assert.Equal(0.2, stream.Robots(robot.Kind).Count() / (double)stream.Clicks.Count, 0.05);
    }

    [Fact]
    public void Crawlers_name_themselves_and_the_others_send_the_user_agents_of_people()
    {
        var stream = new SimulatedStream(TestScenario.With(new SteadyRobot { Share = 0.3, Agents = 200, Crawlers = 0.5 }));
        var people = stream.Humans.Select(click => click.UserAgent).ToHashSet(StringComparer.Ordinal);
        var agents = stream.Robots("slow-and-steady").GroupBy(click => click.User, StringComparer.Ordinal).Select(group => group.First().UserAgent).ToList();
        Assert.Equal(0.5, agents.Count(agent => !people.Contains(agent)) / (double)agents.Count, 0.12);
        Assert.DoesNotContain(people, agent => agent.Contains("bot", StringComparison.OrdinalIgnoreCase) || agent.Contains("curl", StringComparison.Ordinal));
    }

    [Fact]
    public void A_burst_is_a_session_of_many_clicks_within_minutes()
    {
        var clicks = new SimulatedStream(TestScenario.With(new BurstRobot { Share = 0.2, Clicks = 100 })).Robots("burst").ToList();
        var sessions = clicks.GroupBy(click => click.Session, StringComparer.Ordinal).ToList();
        Assert.InRange(sessions.Average(session => session.Count()), 80, 120);
        Assert.All(sessions, session => Assert.True(session.Max(click => click.Time) - session.Min(click => click.Time) < TimeSpan.FromMinutes(15)));
        Assert.All(sessions, session => Assert.Single(session.Select(click => click.Ip).Distinct(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_steady_agent_clicks_round_the_clock_at_regular_gaps()
    {
        var clicks = new SimulatedStream(TestScenario.With(new SteadyRobot { Share = 0.2, Jitter = 0.1, Agents = 10 })).Robots("slow-and-steady").ToList();
        var hours = clicks.CountBy(click => click.Time.Hour).Select(pair => (double)pair.Value).ToList();
        Assert.True(hours.Min() > 0.8 * hours.Max());
        foreach (var agent in clicks.GroupBy(click => click.User, StringComparer.Ordinal))
        {
            var times = agent.Select(click => click.Time).Order().ToList();
            var gaps = times.Skip(1).Zip(times, (later, earlier) => (later - earlier).TotalSeconds).ToList();
            Assert.True(gaps.StandardDeviation() < 0.1 * gaps.Mean());
        }
    }

    [Fact]
    public void A_botnet_has_many_addresses_with_few_clicks_each_on_few_campaigns()
    {
        var clicks = new SimulatedStream(TestScenario.With(new BotnetRobot { Share = 0.2, Campaigns = 3 })).Robots("botnet").ToList();
        var agents = clicks.GroupBy(click => click.User, StringComparer.Ordinal).ToList();
        Assert.True(agents.Count > 1000);
        Assert.InRange(agents.Average(agent => agent.Count()) / 7, 0.1, 3);
        Assert.InRange(clicks.Select(click => click.Campaign).Distinct(StringComparer.Ordinal).Count(), 1, 3);
    }

    [Fact]
    public void Rotating_sessions_are_many_users_and_sessions_behind_a_few_addresses()
    {
        var clicks = new SimulatedStream(TestScenario.With(new RotatingRobot { Share = 0.2, Addresses = 3 })).Robots("rotating-sessions").ToList();
        Assert.Equal(3, clicks.Select(click => click.Ip).Distinct(StringComparer.Ordinal).Count());
        Assert.True(clicks.Select(click => click.User).Distinct(StringComparer.Ordinal).Count() > clicks.Count / 4);
        Assert.All(clicks.GroupBy(click => click.Session, StringComparer.Ordinal), session => Assert.InRange(session.Count(), 1, 3));
        Assert.True(clicks.Select(click => click.UserAgent).Distinct(StringComparer.Ordinal).Count() > 5);
    }

    [Fact]
    public void A_mimic_keeps_the_human_rhythm_with_more_clicks_and_shorter_gaps()
    {
        // One time zone, where the rhythm is plainest; sessions, for the long ones would sway a count of clicks.
        var china = TestScenario.People.Humans with { Marketplaces = new Dictionary<string, double>(StringComparer.Ordinal) { ["CN"] = 1 } };
        var stream = new SimulatedStream(TestScenario.With(new MimicRobot { Share = 0.4, LoggedIn = 0.5 }) with { Humans = china });
        var mimics = stream.Robots("mimic").ToList();
        var humans = stream.Humans.ToList();
        Assert.InRange(Correlation.Pearson(Hours(mimics), Hours(humans)), 0.95, 1);
        Assert.InRange(PerSession(mimics) / PerSession(humans), 1.2, 2);
        Assert.InRange(mimics.Average(click => click.LoggedIn ? 1.0 : 0), 0.35, 0.65);

        static double[] Hours(List<ClickSeen> clicks)
        {
            var sessions = clicks.DistinctBy(click => click.Session, StringComparer.Ordinal).CountBy(click => click.Time.Hour).ToDictionary();
            return [.. Enumerable.Range(0, 24).Select(hour => (double)sessions.GetValueOrDefault(hour))];
        }

        static double PerSession(List<ClickSeen> clicks) => clicks.Count / (double)clicks.Select(click => click.Session).Distinct(StringComparer.Ordinal).Count();
    }

    [Fact]
    public void Mimics_on_stolen_accounts_have_a_history_and_the_others_none()
    {
        var stream = new SimulatedStream(TestScenario.With(new MimicRobot { Share = 0.3, Agents = 200, StolenAccounts = 0.1 }));
        var buyers = stream.Purchases.Where(purchase => purchase.Time < TestScenario.Start).Select(purchase => purchase.User).ToHashSet(StringComparer.Ordinal);
        var mimics = stream.Robots("mimic").Where(click => buyers.Contains(click.User)).ToList();
        Assert.InRange(mimics.Select(click => click.User).Distinct(StringComparer.Ordinal).Count(), 14, 20);
        Assert.All(mimics, click => Assert.True(click.LoggedIn));
    }

    [Fact]
    public void A_wave_is_many_agents_within_seconds_at_a_fixed_beat()
    {
        var clicks = new SimulatedStream(TestScenario.With(new WaveRobot { Share = 0.2, EveryMinutes = 30, WithinSeconds = 5, Agents = 300 })).Robots("wave").ToList();
        Assert.DoesNotContain(clicks, click => (click.Time - TestScenario.Start).TotalSeconds % 1800 > 5.001);
        var waves = clicks.GroupBy(click => (int)((click.Time - TestScenario.Start).TotalSeconds / 1800)).ToList();
        Assert.Equal(7 * 48, waves.Count);
        Assert.All(waves, wave => Assert.Equal(wave.Count(), wave.Select(click => click.User).Distinct(StringComparer.Ordinal).Count()));
        Assert.InRange(waves.Average(wave => wave.Count()), 8, 13);
    }

    [Fact]
    public void A_new_kind_appears_in_the_midst_of_its_scenario()
    {
        var stream = new SimulatedStream(Scenario.Load("new-kind") with { ClicksPerDay = 1500 }, new SimulatorOptions(Days: 5));
        Assert.Equal(stream.Scenario.Start.AddDays(4).AddHours(14), stream.Robots("wave").Min(click => click.Time), TimeSpan.FromMinutes(20));
        Assert.True(stream.Robots("botnet").Min(click => click.Time) < stream.Scenario.Start.AddDays(1));
    }

    [Fact]
    public void Robots_of_one_kind_with_two_names_are_two_robots()
    {
        var stream = new SimulatedStream(TestScenario.With(new SteadyRobot { Share = 0.1, Name = "one" }, new SteadyRobot { Share = 0.2, Name = "two" }));
        Assert.Equal(["one", "two"], stream.Summary.Robots.Select(robot => robot.Name));
        Assert.Equal(2.0, stream.Summary.Robots[1].Clicks / (double)stream.Summary.Robots[0].Clicks, 0.1);
        Assert.Equal(40, stream.Robots("slow-and-steady").Select(click => click.User).Distinct(StringComparer.Ordinal).Count());
    }
}
