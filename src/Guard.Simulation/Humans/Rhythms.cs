using Guard.Simulation.Events;
using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Humans;

/// <summary>The rhythm of every marketplace of a scenario, and the draw of a marketplace by its share of the people.</summary>
internal sealed class Rhythms
{
    private readonly Rhythm?[] _byMarketplace = new Rhythm?[MarketplacePlace.All.Count];
    private readonly double[] _cumulative = new double[MarketplacePlace.All.Count];

    public Rhythms(Scenario scenario)
    {
        var byOffset = new Dictionary<int, Rhythm>();
        var total = 0.0;
        for (var i = 0; i < _byMarketplace.Length; i++)
        {
            var place = MarketplacePlace.All[i];
            if (scenario.Humans.Marketplaces.TryGetValue(place.Code, out var share) && share > 0)
            {
                total += share;
                if (!byOffset.TryGetValue(place.OffsetMinutes, out var rhythm))
                {
                    byOffset.Add(place.OffsetMinutes, rhythm = new Rhythm(scenario, place.OffsetMinutes));
                }

                _byMarketplace[i] = rhythm;
            }

            _cumulative[i] = total;
        }
    }

    public Rhythm this[int marketplace] => _byMarketplace[marketplace]!;

    public byte Draw(ref SeededRandom random)
    {
        var point = random.Uniform() * _cumulative[^1];
        byte index = 0;
        while (_cumulative[index] <= point)
        {
            index++;
        }

        return index;
    }
}
