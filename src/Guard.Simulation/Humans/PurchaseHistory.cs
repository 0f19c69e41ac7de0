using Guard.Simulation.Events;
using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Humans;

/// <summary>The purchases that accounts made before the stream begins, in the order of their times.</summary>
internal static class PurchaseHistory
{
    private const long Day = 86_400_000;

    /// <summary>Adds the purchases of one account.</summary>
    /// <param name="past">Where they go: as clicks with nothing but what a purchase needs.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="mean">The account's expected number of purchases.</param>
    /// <param name="user">The account.</param>
    /// <param name="marketplace">Its marketplace.</param>
    /// <param name="orderMicros">The median value of its orders.</param>
    /// <param name="random">A stream of this account's own.</param>
    public static void Add(List<SimulatedClick> past, Scenario scenario, double mean, ulong user, byte marketplace, double orderMicros, SeededRandom random)
    {
        var start = scenario.Start.ToUnixTimeMilliseconds();
        var span = scenario.Humans.HistoryDays * Day;
        var orders = span == 0 ? 0 : random.Poisson(mean);
        for (var i = 0; i < orders; i++)
        {
            var ago = 1 + (long)(random.Uniform() * (span - 1));
            past.Add(new SimulatedClick
            {
                Id = random.Next(),
                User = user,
                Marketplace = marketplace,
                PurchaseTime = start - ago,
                ValueMicros = (long)random.LogNormal(orderMicros, 0.6),
            });
        }
    }

    /// <summary>The history of the people who have accounts: the more active and inclined to buy, the longer.</summary>
    public static List<SimulatedClick> Of(Scenario scenario, ReadOnlySpan<Person> people)
    {
        var past = new List<SimulatedClick>();
        var (weights, owners) = (0.0, 0);
        foreach (ref readonly var person in people)
        {
            if (person.Login > 0)
            {
                weights += Weight(person);
                owners++;
            }
        }

        for (var i = 0; i < people.Length; i++)
        {
            ref readonly var person = ref people[i];
            if (person.Login > 0)
            {
                var mean = scenario.Humans.HistoryOrders * owners * Weight(person) / weights;
                Add(past, scenario, mean, person.User, person.Marketplace, person.OrderMicros, SeededRandom.Of(scenario.Seed, "history", i));
            }
        }

        return past;
    }

    private static double Weight(in Person person) => person.Propensity * Math.Sqrt(person.Rate);
}
