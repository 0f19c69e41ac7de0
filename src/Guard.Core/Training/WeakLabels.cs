using System.Collections;
using Guard.Core.Clicks;
using Guard.Core.Features;

namespace Guard.Core.Training;

/// <summary>
/// Labels by weak supervision (Muralidhar et al., "Real-time detection of robotic traffic in online advertising", IAAI
/// 2023): clicks that lead to a purchase and clicks of accounts with a high RFM score are human, all others non-human.
/// </summary>
public sealed class WeakLabels
{
    private readonly WeakLabel[] _values;
    private readonly BitArray _purchasing;

    private WeakLabels(WeakLabel[] values, BitArray purchasing, int purchasingClicks)
    {
        _values = values;
        _purchasing = purchasing;
        PurchasingClicks = purchasingClicks;
        foreach (var value in values)
        {
            Human += value == WeakLabel.Human ? 1 : 0;
            NonHuman += value == WeakLabel.NonHuman ? 1 : 0;
        }
    }

    /// <summary>Gets one label a click of the table.</summary>
    public ReadOnlySpan<WeakLabel> Values => _values;

    /// <summary>Gets the number of clicks labelled human.</summary>
    public int Human { get; }

    /// <summary>Gets the number of clicks labelled non-human.</summary>
    public int NonHuman { get; }

    /// <summary>Gets the number of clicks left out.</summary>
    public int Excluded => _values.Length - Human - NonHuman;

    /// <summary>Gets the number of clicks that led to a purchase, those left out among them.</summary>
    public int PurchasingClicks { get; }

    /// <summary>Gets whether a click led to a purchase within the join window.</summary>
    public bool IsPurchasing(int row) => _purchasing[row];

    /// <summary>Labels the clicks of a table.</summary>
    /// <param name="table">The clicks.</param>
    /// <param name="purchases">Purchases in any order; those before the table's clicks are their users' history.</param>
    /// <param name="asOf">Up to when purchases were collected, in Unix milliseconds: a click's age is counted from here.</param>
    /// <param name="options">The windows and thresholds; <see langword="null"/> for the defaults.</param>
    /// <remarks>
    /// Takes O((n + m) log(n + m)) for n clicks and m purchases, and O(m log m) more for every <see cref="WeakLabelOptions.RfmPeriod"/>
    /// that holds a click.
    /// </remarks>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static WeakLabels Of(FeatureTable table, ReadOnlySpan<Purchase> purchases, long asOf, WeakLabelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        options ??= new WeakLabelOptions();
        options.Validate();
        var facts = table.Facts;
        var values = new WeakLabel[facts.Length];
        var purchasing = new BitArray(facts.Length);
        var purchasingClicks = Join(facts, purchases, (long)options.JoinWindow.TotalMilliseconds, purchasing);
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = purchasing[row] ? WeakLabel.Human : WeakLabel.NonHuman;
        }

        MarkLoyalUsers(facts, purchases, options, values);
        var youngest = asOf - (long)options.Maturity.TotalMilliseconds;
        for (var row = 0; row < values.Length; row++)
        {
            // A young click that has bought already is left out too: its neighbours who are about to buy cannot be told yet.
            if (facts[row].Time > youngest)
            {
                values[row] = WeakLabel.Excluded;
            }
        }

        return new WeakLabels(values, purchasing, purchasingClicks);
    }

    private static int Join(ReadOnlySpan<ClickFacts> facts, ReadOnlySpan<Purchase> purchases, long window, BitArray purchasing)
    {
        var ids = new ulong[facts.Length];
        var rows = new int[facts.Length];
        for (var row = 0; row < ids.Length; row++)
        {
            ids[row] = facts[row].Click;
            rows[row] = row;
        }

        Array.Sort(ids, rows);
        var count = 0;
        foreach (ref readonly var purchase in purchases)
        {
            var found = purchase.Click == 0 ? -1 : Array.BinarySearch(ids, purchase.Click);
            while (found > 0 && ids[found - 1] == purchase.Click)
            {
                found--;
            }

            for (; found >= 0 && found < ids.Length && ids[found] == purchase.Click; found++)
            {
                var row = rows[found];
                var delay = purchase.Time - facts[row].Time;
                if (delay >= 0 && delay <= window && !purchasing[row])
                {
                    purchasing[row] = true;
                    count++;
                }
            }
        }

        return count;
    }

    private static void MarkLoyalUsers(ReadOnlySpan<ClickFacts> facts, ReadOnlySpan<Purchase> purchases, WeakLabelOptions options, WeakLabel[] values)
    {
        if (options.HighRfm > 15 || purchases.IsEmpty)
        {
            return;
        }

        var times = new long[facts.Length];
        var rows = new int[facts.Length];
        for (var row = 0; row < times.Length; row++)
        {
            times[row] = facts[row].Time;
            rows[row] = row;
        }

        Array.Sort(times, rows);
        var scores = new RfmScores(purchases);
        var period = (long)options.RfmPeriod.TotalMilliseconds;
        var next = long.MinValue;
        HashSet<ulong> high = [];
        for (var i = 0; i < times.Length; i++)
        {
            if (times[i] >= next)
            {
                var start = times[i] - Modulo(times[i], period);
                next = start + period;
                high = scores.AtLeast(options.HighRfm, start);
            }

            if (high.Contains(facts[rows[i]].User))
            {
                values[rows[i]] = WeakLabel.Human;
            }
        }
    }

    private static long Modulo(long value, long divisor) => ((value % divisor) + divisor) % divisor;
}
