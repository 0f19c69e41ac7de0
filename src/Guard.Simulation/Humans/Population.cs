using Guard.Core.Clicks;
using Guard.Simulation.Events;
using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Humans;

/// <summary>Draws the people of a scenario.</summary>
internal static class Population
{
    /// <summary>The share of sessions that an account's owner is logged in at.</summary>
    private const double OwnersLogin = 0.85;
    private const double PropensitySigma = 0.8;
    private const double MostActive = 100;

    public static Person[] Of(Scenario scenario, Rhythms rhythms)
    {
        var people = new Person[scenario.Humans.Users];
        var total = 0.0;
        for (var i = 0; i < people.Length; i++)
        {
            people[i] = Draw(scenario.Humans, rhythms, SeededRandom.Of(scenario.Seed, "people", i));
            total += people[i].Rate;
        }

        PutBehindGateways(people, scenario);
        var phone = ClicksPerSession(scenario, DeviceType.Mobile);
        var other = ClicksPerSession(scenario, DeviceType.Desktop);
        for (var i = 0; i < people.Length; i++)
        {
            people[i].Rate *= scenario.ClicksPerDay / total / (people[i].Device == DeviceType.Mobile ? phone : other);
        }

        return people;
    }

    private static Person Draw(HumanPopulation humans, Rhythms rhythms, SeededRandom random)
    {
        var person = new Person { User = random.Next(), Gateway = -1 };
        person.Device = humans.Devices.Draw(ref random);
        person.Marketplace = rhythms.Draw(ref random);
        person.UserAgent = UserAgents.Draw(ref random, person.Device);
        person.Home = Address.Draw(ref random, humans.Ipv6);

        // Bounded Pareto by inversion; the rate is a weight until all are known.
        var tail = Math.Pow(MostActive, -humans.ActivityShape);
        person.Rate = Math.Pow(1 - random.Uniform() * (1 - tail), -1 / humans.ActivityShape);
        var login = humans.LoggedIn[person.Device];
        var owners = Math.Min(1, login / OwnersLogin);
        person.Login = random.Chance(owners) ? (float)Math.Max(login, OwnersLogin) : 0;
        person.Propensity = (float)random.Propensity(PropensitySigma);
        person.OrderMicros = (float)(28e6 * random.Propensity(0.5));
        person.Random = random;
        return person;
    }

    private static void PutBehindGateways(Person[] people, Scenario scenario)
    {
        var next = 0;
        var gateways = scenario.NatGateways ?? [];
        for (var i = 0; i < gateways.Count; i++)
        {
            var random = SeededRandom.Of(scenario.Seed, "gateway", i);
            var address = Address.Draw(ref random, ipv6: 0);
            for (var end = next + gateways[i].Humans; next < end; next++)
            {
                people[next].Home = address;
                people[next].Gateway = (short)i;
                if (gateways[i].Marketplace is { } marketplace)
                {
                    people[next].Marketplace = (byte)MarketplacePlace.Find(marketplace);
                }
            }
        }
    }

    private static double ClicksPerSession(Scenario scenario, DeviceType device) =>
        Behaviour.MeanClicks(Behaviour.ClickShape(Behaviour.Shift(scenario, device, scenario.Start.ToUnixTimeMilliseconds())));
}
