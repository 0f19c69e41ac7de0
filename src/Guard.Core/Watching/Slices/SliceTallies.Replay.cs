using Guard.Core.Clicks;
using Guard.Core.Scoring;

namespace Guard.Core.Watching.Slices;

/// <content>Batches that come again to tallies whose parts were saved one by one.</content>
public sealed partial class SliceTallies
{
    private const int AllRecentParts = (1 << RecentClicks.Parts) - 1;

    /// <summary>Adds what a batch brought to those parts that do not hold it yet.</summary>
    /// <param name="clicks">The clicks, in order.</param>
    /// <param name="decisions">Their decisions.</param>
    /// <param name="purchases">The purchases that came with them.</param>
    /// <param name="recentParts">A bit for each part of the recent clicks that does not hold them.</param>
    /// <param name="counts">Whether the tallies do not. They must not lag behind any part of the recent clicks, which know what purchases join.</param>
    public void Replay(ReadOnlySpan<Click> clicks, ReadOnlySpan<Decision> decisions, ReadOnlySpan<Purchase> purchases, int recentParts, bool counts)
    {
        if (counts && recentParts == AllRecentParts)
        {
            Add(clicks, decisions);
            Add(purchases);
            return;
        }

        for (var row = 0; row < clicks.Length; row++)
        {
            ref readonly var click = ref clicks[row];
            ref readonly var decision = ref decisions[row];
            var (score, invalid) = (decision.Score is >= 0 and <= 1 ? decision.Score : 0, decision.Verdict != Verdict.Valid);
            if (counts)
            {
                CountClick(click.Time, decision.Slice, score, invalid);
            }

            if (Has(recentParts, click.Id))
            {
                Hold(click.Time, click.Id, decision.Slice, score, invalid);
            }
        }

        foreach (ref readonly var purchase in purchases)
        {
            if (Has(recentParts, purchase.Click))
            {
                Join(purchase, counts);
            }
        }
    }

    private static bool Has(int recentParts, ulong id) => ((recentParts >> RecentClicks.PartOf(id)) & 1) != 0;
}
