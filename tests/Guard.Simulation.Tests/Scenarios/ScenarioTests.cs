using System.Text;
using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Tests.Scenarios;

public sealed class ScenarioTests
{
    private const string Valid = """
        {
          "name": "small", "description": "d", "seed": 1, "start": "2026-03-02T00:00:00Z", "days": 2, "clicksPerDay": 100,
          "humans": {
            "users": 50,
            "devices": { "desktop": 0.5, "mobile": 0.5, "tablet": 0, "tv": 0 },
            "marketplaces": { "DE": 1 },
            "loggedIn": { "desktop": 0.5, "mobile": 0.5, "tablet": 0, "tv": 0 },
            "purchaseRate": { "desktop": 0.02, "mobile": 0.02, "tablet": 0, "tv": 0 }
          },
          "natGateways": [{ "humans": 20 }],
          "robots": [{ "kind": "burst", "share": 0.1 }],
          "telemetry": [{ "stream": "a", "level": 1 }] // a comment and a trailing comma are welcome
          ,
        }
        """;

    public static TheoryData<string> Names => [.. Scenario.Names];

    [Fact]
    public void A_dozen_scenarios_ship() =>
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal) { "botnet", "burst", "demo", "dirty-input", "holiday", "label-outage", "mimic", "nat-gateway", "new-kind", "quiet", "rotating-sessions", "slow-and-steady" },
            Scenario.Names.ToHashSet(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_scenario_that_ships_loads_and_runs(string name)
    {
        var scenario = Scenario.Load(name);
        Assert.Equal(name, scenario.Name);
        var stream = new SimulatedStream(scenario, new SimulatorOptions(MaxClicks: 3000));
        Assert.Equal(3000, stream.Clicks.Count);
        Assert.NotEmpty(stream.Purchases);
    }

    [Fact]
    public void A_scenario_loads_from_a_path_and_fills_in_its_defaults()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, Valid);
            var scenario = Scenario.Load(path);
            Assert.Equal("small", scenario.Name);
            Assert.Equal(2, scenario.Humans.LoggedInPurchaseFactor);
            Assert.Equal(120, Assert.IsType<Guard.Simulation.Robots.BurstRobot>(Assert.Single(scenario.Robots!)).Clicks);
            Assert.Null(scenario.Noise);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_name_that_is_no_scenario_and_no_file_is_answered_with_the_names()
    {
        var error = Assert.Throws<ScenarioException>(() => Scenario.Load("demmo"));
        Assert.Contains("'demmo'", error.Message, StringComparison.Ordinal);
        Assert.Contains("quiet", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"days\": 2", "\"days\": 0", "days is 0: write a number from 1 to 3660")]
    [InlineData("\"days\": 2", "\"dayz\": 2", "dayz is no property")]
    [InlineData("\"days\": 2,", "", "lacks 'days'")]
    [InlineData("\"days\": 2", "\"days\": 2, \"days\": 3", "days stands twice")]
    [InlineData("\"days\": 2", "\"days\": \"two\"", "days has a value of the wrong type")]
    [InlineData("\"days\": 2", "\"days\": NaN", "is not JSON")]
    [InlineData("\"name\": \"small\"", "\"name\": null", "name is null")]
    [InlineData("\"name\": \"small\"", "\"name\": \" \"", "name is empty")]
    [InlineData("\"start\": \"2026-03-02T00:00:00Z\"", "\"start\": \"2026-03-02T01:00:00Z\"", "start is not a midnight in UTC")]
    [InlineData("\"start\": \"2026-03-02T00:00:00Z\"", "\"start\": \"1601-01-01T00:00:00Z\"", "start lies outside")]
    [InlineData("\"clicksPerDay\": 100", "\"clicksPerDay\": -1", "clicksPerDay is -1")]
    [InlineData("\"seed\": 1", "\"seed\": -1", "seed has a value of the wrong type")]
    [InlineData("\"users\": 50", "\"users\": 0", "humans.users is 0")]
    [InlineData("\"desktop\": 0.5, \"mobile\": 0.5, \"tablet\": 0, \"tv\": 0 },\n    \"market", "\"desktop\": 0.6, \"mobile\": 0.5, \"tablet\": 0, \"tv\": 0 },\n    \"market", "humans.devices sums to 1.1")]
    [InlineData("\"DE\": 1", "\"XX\": 1", "humans.marketplaces.XX is not a marketplace")]
    [InlineData("\"DE\": 1", "\"DE\": 0.9", "humans.marketplaces sums to 0.9")]
    [InlineData("\"humans\": 20", "\"humans\": 60", "natGateways[0].humans is 60")]
    [InlineData("[{ \"humans\": 20 }]", "[{ \"humans\": 30 }, { \"humans\": 30 }]", "natGateways[1].humans is more than")]
    [InlineData("\"humans\": 20", "\"humans\": 20, \"marketplace\": \"US\"", "natGateways[0].marketplace is none of")]
    [InlineData("\"share\": 0.1", "\"share\": 1.1", "robots[0].share is 1.1: write a number from 0 to 0.9")]
    [InlineData("\"share\": 0.1", "\"share\": 0.1, \"gapSecs\": 1", "robots[0].gapSecs is no property")]
    [InlineData("\"share\": 0.1", "\"share\": 0.1, \"gapSeconds\": 0", "robots[0].gapSeconds is 0")]
    [InlineData("\"share\": 0.1", "\"share\": 0.1, \"name\": \"a,b\"", "robots[0].name is no name")]
    [InlineData("\"kind\": \"burst\"", "\"kind\": \"bursty\"", "robots[0].kind is missing or unknown: write one of burst")]
    [InlineData("\"kind\": \"burst\", ", "", "robots[0].kind is missing or unknown")]
    [InlineData("{ \"kind\": \"burst\", \"share\": 0.1 }", "{ \"kind\": \"burst\", \"share\": 0.1 }, { \"kind\": \"burst\", \"share\": 0.1 }", "robots[1].name 'burst' stands twice")]
    [InlineData("{ \"kind\": \"burst\", \"share\": 0.1 }", "{ \"kind\": \"burst\", \"share\": 0.5 }, { \"kind\": \"mimic\", \"share\": 0.5 }", "the sum of robots[].share is 1")]
    [InlineData("{ \"kind\": \"burst\", \"share\": 0.1 }", "{ \"kind\": \"wave\", \"share\": 0.9, \"agents\": 2 }", "robots[0].agents is 2, too few for its share: write at least 13")]
    [InlineData("{ \"kind\": \"burst\", \"share\": 0.1 }", "{ \"kind\": \"burst\" }", "robots[0] lacks 'share'")]
    [InlineData("\"stream\": \"a\"", "\"stream\": \"A B\"", "telemetry[0].stream is no stream name")]
    [InlineData("\"level\": 1", "\"level\": 0", "telemetry[0].level is 0")]
    public void A_mistake_is_answered_in_one_line_that_names_the_property_and_the_mend(string right, string wrong, string said)
    {
        var text = Valid.ReplaceLineEndings("\n");
        Assert.Contains(right, text, StringComparison.Ordinal);
        var error = Assert.Throws<ScenarioException>(() => Scenario.Parse(Encoding.UTF8.GetBytes(text.Replace(right, wrong, StringComparison.Ordinal)), "my.json"));
        Assert.StartsWith("my.json: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Contains(": ", error.Message["my.json: ".Length..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("\0\u0001\u0002")]
    public void What_is_no_scenario_is_refused(string text)
    {
        var error = Assert.Throws<ScenarioException>(() => Scenario.Parse(Encoding.UTF8.GetBytes(text), "my.json"));
        Assert.StartsWith("my.json: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Every_value_is_checked_again_when_a_run_changes_it() =>
        Assert.Throws<ScenarioException>(() => new Simulator(TestScenario.People, new SimulatorOptions(Days: 0)));
}
