using Guard.Core.Hosting;

namespace Guard.Server.Console.Slices;

/// <summary>An order of the slices' table.</summary>
/// <param name="Key">What the address says.</param>
/// <param name="Name">What the page says.</param>
public sealed record SliceOrder(string Key, string Name)
{
    /// <summary>Gets the choices.</summary>
    public static IReadOnlyList<SliceOrder> All { get; } =
        [new("tree", "By part"), new("clicks", "Most clicks"), new("ivr", "Highest IVR"), new("fpr", "Highest FPR")];

    /// <summary>Gets whether parts stand below their slice.</summary>
    public bool IsTree => this == All[0];

    /// <summary>Finds an order by its key; by part where there is no such.</summary>
    public static SliceOrder Of(string? key) => All.FirstOrDefault(order => order.Key == key, All[0]);

    /// <summary>Orders rates by the lower end of their interval, so that a slice of three clicks does not lead.</summary>
    public IEnumerable<SliceTraffic> Apply(IEnumerable<SliceTraffic> slices) => Key switch
    {
        "clicks" => slices.OrderByDescending(slice => slice.LastDay.Clicks),
        "ivr" => slices.OrderByDescending(slice => slice.LastDay.Ivr?.Lower ?? -1),
        "fpr" => slices.OrderByDescending(slice => slice.LastDay.Fpr?.Lower ?? -1).ThenByDescending(slice => slice.LastDay.Fpr?.Value ?? -1),
        _ => Tree(slices),
    };

    /// <summary>Lists each slice before its parts, and the parts below it.</summary>
    private static IEnumerable<SliceTraffic> Tree(IEnumerable<SliceTraffic> slices) =>
        slices.OrderBy(slice => slice.Slice.Depth == 0 ? "" : slice.Slice.ToString(), StringComparer.Ordinal);
}
