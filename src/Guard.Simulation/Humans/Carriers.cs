using Guard.Simulation.Events;
using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Humans;

/// <summary>The addresses behind which mobile carriers put their phones: a pool of IPv4 gateways per marketplace.</summary>
internal sealed class Carriers
{
    private readonly Address[][] _pools = new Address[MarketplacePlace.All.Count][];

    public Carriers(Scenario scenario)
    {
        for (var i = 0; i < _pools.Length; i++)
        {
            var phones = scenario.Humans.Users * scenario.Humans.Devices.Mobile
                * scenario.Humans.Marketplaces.GetValueOrDefault(MarketplacePlace.All[i].Code);
            var random = SeededRandom.Of(scenario.Seed, "carriers", i);
            _pools[i] = new Address[Math.Max(1, (int)Math.Round(phones / scenario.Humans.CarrierUsersPerAddress))];
            for (var j = 0; j < _pools[i].Length; j++)
            {
                _pools[i][j] = Address.Draw(ref random, ipv6: 0);
            }
        }
    }

    public Address Draw(int marketplace, ref SeededRandom random) => _pools[marketplace][random.Index(_pools[marketplace].Length)];
}
