using Guard.Simulation.Events;
using Guard.Simulation.Robots;

namespace Guard.Simulation.Scenarios;

/// <summary>The ranges of a scenario's values.</summary>
internal sealed class ScenarioRules(string place)
{
    public static void Check(Scenario scenario, string place)
    {
        var rules = new ScenarioRules(place);
        rules.Text("name", scenario.Name);
        rules.Text("description", scenario.Description);
        rules.Range("days", scenario.Days, 1, 3660);
        rules.Range("clicksPerDay", scenario.ClicksPerDay, 1, 1e9);
        rules.That(scenario.Start.UtcTicks % TimeSpan.TicksPerDay == 0, "start", "is not a midnight in UTC", "write for example 2026-03-02T00:00:00Z");
        rules.That(scenario.Start.UtcDateTime.Year is >= 1971 and <= 2500, "start", "lies outside the years 1971 to 2500", "choose a year between");
        rules.Humans(scenario.Humans);
        rules.Surroundings(scenario);
        rules.Robots(scenario);
        rules.Telemetry(scenario);
    }

    public void Range(string property, double value, double least, double most) =>
        That(value >= least && value <= most, property, $"is {value}", $"write a number from {least} to {most}");

    public void That(bool holds, string property, string what, string mend)
    {
        if (!holds)
        {
            throw new ScenarioException($"{place}: {property} {what}: {mend}.");
        }
    }

    private void Text(string property, string value) =>
        That(!string.IsNullOrWhiteSpace(value) && value.Length <= 500, property, "is empty or longer than 500 characters", "write a short text");

    private void Each(string property, PerDevice values, double least, double most)
    {
        Range(property + ".desktop", values.Desktop, least, most);
        Range(property + ".mobile", values.Mobile, least, most);
        Range(property + ".tablet", values.Tablet, least, most);
        Range(property + ".tv", values.Tv, least, most);
    }

    private void SumsToOne(string property, double sum) =>
        That(Math.Abs(sum - 1) < 1e-6, property, $"sums to {sum}", "change the shares so that they sum to 1");

    private void Humans(HumanPopulation humans)
    {
        Range("humans.users", humans.Users, 1, 20_000_000);
        Each("humans.devices", humans.Devices, 0, 1);
        SumsToOne("humans.devices", humans.Devices.Sum);
        foreach (var (code, share) in humans.Marketplaces)
        {
            That(MarketplacePlace.Find(code) >= 0, $"humans.marketplaces.{code}", "is not a marketplace that the simulator knows", $"write one of {string.Join(", ", MarketplacePlace.All.Select(known => known.Code))}");
            Range($"humans.marketplaces.{code}", share, 0, 1);
        }

        SumsToOne("humans.marketplaces", humans.Marketplaces.Values.Sum());
        Each("humans.loggedIn", humans.LoggedIn, 0, 1);
        Each("humans.purchaseRate", humans.PurchaseRate, 0, 0.5);
        Range("humans.loggedInPurchaseFactor", humans.LoggedInPurchaseFactor, 0, 20);
        Range("humans.purchaseDelayMinutes", humans.PurchaseDelayMinutes, 1, 10_000);
        Range("humans.activityShape", humans.ActivityShape, 0.5, 10);
        Range("humans.historyDays", humans.HistoryDays, 0, 1000);
        Range("humans.historyOrders", humans.HistoryOrders, 0, 100);
        Range("humans.carrierUsersPerAddress", humans.CarrierUsersPerAddress, 1, 100_000);
        Range("humans.ipv6", humans.Ipv6, 0, 1);
    }

    private void Surroundings(Scenario scenario)
    {
        var free = scenario.Humans.Users;
        var gateways = scenario.NatGateways ?? [];
        for (var i = 0; i < gateways.Count; i++)
        {
            Range($"natGateways[{i}].humans", gateways[i].Humans, 2, scenario.Humans.Users);
            free -= gateways[i].Humans;
            That(free >= 0, $"natGateways[{i}].humans", "is more than the population has left", "raise humans.users or lower this");
            That(gateways[i].Marketplace is null || scenario.Humans.Marketplaces.ContainsKey(gateways[i].Marketplace!), $"natGateways[{i}].marketplace", "is none of humans.marketplaces", "name one of them");
        }

        if (scenario.MobileShift is { } shift)
        {
            Range("mobileShift.strength", shift.Strength, 0, 1);
            Range("mobileShift.startDay", shift.StartDay, 0, 3660);
        }

        if (scenario.Holiday is { } holiday)
        {
            Range("holiday.day", holiday.Day, 0, 3660);
            Range("holiday.days", holiday.Days, 1, 3660);
            Range("holiday.clickFactor", holiday.ClickFactor, 0.1, 20);
            Range("holiday.purchaseFactor", holiday.PurchaseFactor, 0.1, 20);
        }

        if (scenario.LabelOutage is { } outage)
        {
            Range("labelOutage.day", outage.Day, 0, 3660);
            Range("labelOutage.hour", outage.Hour, 0, 23);
            Range("labelOutage.hours", outage.Hours, 1, 720);
        }

        if (scenario.Noise is { } noise)
        {
            Range("noise.duplicates", noise.Duplicates, 0, 0.5);
            Range("noise.late", noise.Late, 0, 0.5);
            Range("noise.malformed", noise.Malformed, 0, 0.5);
        }
    }

    private void Robots(Scenario scenario)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var robots = scenario.Robots ?? [];
        for (var i = 0; i < robots.Count; i++)
        {
            robots[i].Check(this, $"robots[{i}]");
            That(names.Add(robots[i].DisplayName), $"robots[{i}].name", $"'{robots[i].DisplayName}' stands twice", "give each robot of a kind its own name");
        }

        Range("the sum of robots[].share", robots.Sum(robot => robot.Share), 0, 0.9);
        for (var i = 0; i < robots.Count; i++)
        {
            if (robots[i] is WaveRobot wave)
            {
                var perWave = Math.Ceiling(scenario.ClicksPerDayOf(wave) * wave.EveryMinutes / 1440);
                That(wave.Agents >= perWave, $"robots[{i}].agents", $"is {wave.Agents}, too few for its share", $"write at least {perWave}");
            }
        }
    }

    private void Telemetry(Scenario scenario)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var streams = scenario.Telemetry ?? [];
        for (var i = 0; i < streams.Count; i++)
        {
            var (stream, at) = (streams[i], $"telemetry[{i}]");
            That(IsName(stream.Stream), at + ".stream", "is no stream name", "write 1 to 64 characters of a-z, 0-9, dot and hyphen");
            That(names.Add(stream.Stream), at + ".stream", $"'{stream.Stream}' stands twice", "give each stream its own name");
            Range(at + ".level", stream.Level, 1e-9, 1e9);
            Range(at + ".everyMinutes", stream.EveryMinutes, 1, 1440);
            Range(at + ".dimensions", stream.Dimensions, 1, 64);
            Range(at + ".dailyAmplitude", stream.DailyAmplitude, 0, 1);
            Range(at + ".noise", stream.Noise, 0, 1);
            Range(at + ".anomalies", stream.Anomalies, 0, 1000);
            Range(at + ".levelShiftDay", stream.LevelShiftDay ?? 0, 0, 3660);
            Range(at + ".levelShift", stream.LevelShift, -0.9, 10);
        }
    }

    /// <summary>Names go into CSV files unquoted.</summary>
    public static bool IsName(string name) =>
        name.Length is >= 1 and <= 64 && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '.' or '-');
}
