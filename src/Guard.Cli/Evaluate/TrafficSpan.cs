using Guard.Core.Clicks;
using Guard.Core.Features;

namespace Guard.Cli.Evaluate;

/// <summary>Clicks of a span of time, with their features and which of them led to a purchase.</summary>
public sealed class TrafficSpan
{
    private TrafficSpan(FeatureTable table, bool[] purchasing) => (Table, Purchasing) = (table, purchasing);

    /// <summary>Gets the clicks.</summary>
    public FeatureTable Table { get; }

    /// <summary>Gets whether each click led to a purchase.</summary>
    public bool[] Purchasing { get; }

    /// <summary>Gets the clicks in [from, until), joined with the purchases known before a moment.</summary>
    public static TrafficSpan Of(FeatureTable table, IReadOnlyList<Purchase> purchases, long from, long until, long knownBefore)
    {
        var part = table.Between(from, until);
        var bought = new HashSet<ulong>(purchases.Where(purchase => purchase.Time < knownBefore && purchase.Click != 0).Select(purchase => purchase.Click));
        var purchasing = new bool[part.Count];
        for (var row = 0; row < purchasing.Length; row++)
        {
            purchasing[row] = bought.Contains(part.Facts[row].Click);
        }

        return new TrafficSpan(part, purchasing);
    }
}
