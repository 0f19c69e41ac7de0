using System.Text.Json;

namespace Guard.Simulation.Events;

/// <summary>The ads of a scenario: 120 campaigns of 40 advertisers, three ads each, popular by Zipf's law, with their prices.</summary>
internal sealed class AdCatalogue
{
    public const int Campaigns = 120;
    private const int Advertisers = 40;
    private const int AdsPerCampaign = 3;
    private readonly double[] _cumulative = new double[Campaigns];
    private readonly double[] _price = new double[Campaigns];
    private readonly int[] _advertiser = new int[Campaigns];
    private readonly JsonEncodedText[] _advertisers = new JsonEncodedText[Advertisers];
    private readonly JsonEncodedText[] _campaigns = new JsonEncodedText[Campaigns];
    private readonly JsonEncodedText[] _ads = new JsonEncodedText[Campaigns * AdsPerCampaign];

    public AdCatalogue(ulong seed)
    {
        var random = SeededRandom.Of(seed, "ads");
        var total = 0.0;
        for (var i = 0; i < Campaigns; i++)
        {
            total += 1.0 / (i + 3);
            _cumulative[i] = total;
            _price[i] = Math.Clamp(random.LogNormal(350_000, 0.7), 20_000, 5_000_000);
            _advertiser[i] = random.Index(Advertisers);
            _campaigns[i] = Id('c', ref random);
        }

        for (var i = 0; i < Advertisers; i++)
        {
            _advertisers[i] = Id('v', ref random);
        }

        for (var i = 0; i < _ads.Length; i++)
        {
            _ads[i] = Id('a', ref random);
        }
    }

    public static IReadOnlyList<JsonEncodedText> Placements { get; } =
        [.. ((string[])["search-top", "search-inline", "product-page", "home", "basket", "video", "deals"]).Select(text => JsonEncodedText.Encode(text))];

    public JsonEncodedText Ad(in SimulatedClick click) => _ads[click.Campaign * AdsPerCampaign + click.Ad];

    public JsonEncodedText Campaign(in SimulatedClick click) => _campaigns[click.Campaign];

    public JsonEncodedText Advertiser(in SimulatedClick click) => _advertisers[_advertiser[click.Campaign]];

    /// <summary>Draws a campaign by its popularity.</summary>
    public byte DrawCampaign(ref SeededRandom random)
    {
        var index = _cumulative.AsSpan().BinarySearch(random.Uniform() * _cumulative[^1]);
        return (byte)(index < 0 ? ~index : index);
    }

    /// <summary>Places a click on an ad of a campaign, at the auction's price.</summary>
    public void Place(ref SimulatedClick click, byte campaign, ref SeededRandom random)
    {
        var draw = random.Next();
        click.Campaign = campaign;
        click.Ad = (byte)(draw % AdsPerCampaign);
        click.Placement = (byte)((draw >> 8) % 256 * (ulong)Placements.Count / 256);
        click.CostMicros = (long)(_price[campaign] * (0.85 + 0.3 * ((draw >> 32) / (double)(1UL << 32))));
    }

    private static JsonEncodedText Id(char prefix, ref SeededRandom random) => JsonEncodedText.Encode($"{prefix}{random.Next() >> 32:x8}");
}
