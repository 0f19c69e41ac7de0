namespace Guard.Simulation.Events;

/// <summary>A marketplace, its standard time and the region whose collector takes its events. Summer time is left out.</summary>
internal sealed record MarketplacePlace(string Code, int OffsetMinutes, string Region)
{
    public static IReadOnlyList<MarketplacePlace> All { get; } =
    [
        new("AE", 240, "eu1"), new("AU", 600, "fe1"), new("BR", -180, "na1"), new("CA", -300, "na1"), new("CN", 480, "fe1"),
        new("DE", 60, "eu1"), new("EG", 120, "eu1"), new("ES", 60, "eu1"), new("FR", 60, "eu1"), new("GB", 0, "eu1"),
        new("IN", 330, "fe1"), new("IT", 60, "eu1"), new("JP", 540, "fe1"), new("MX", -360, "na1"), new("NL", 60, "eu1"),
        new("PL", 60, "eu1"), new("SA", 180, "eu1"), new("SE", 60, "eu1"), new("SG", 480, "fe1"), new("TR", 180, "eu1"),
        new("US", -360, "na1"),
    ];

    /// <summary>The place of a code in <see cref="All"/>; −1 where it is unknown.</summary>
    public static int Find(string code)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i].Code == code)
            {
                return i;
            }
        }

        return -1;
    }
}
