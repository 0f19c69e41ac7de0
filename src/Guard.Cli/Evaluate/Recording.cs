using Guard.Cli.Options;
using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Pipeline;
using Guard.Engine.Shards;

namespace Guard.Cli.Evaluate;

/// <summary>All clicks of an input with their features, and all its purchases.</summary>
/// <param name="Table">The clicks.</param>
/// <param name="Purchases">The purchases.</param>
internal sealed record Recording(FeatureTable Table, IReadOnlyList<Purchase> Purchases)
{
    /// <summary>Gets the moment after the last click or purchase, in Unix milliseconds.</summary>
    public long End
    {
        get
        {
            var last = long.MinValue;
            foreach (ref readonly var facts in Table.Facts)
            {
                last = Math.Max(last, facts.Time);
            }

            return Purchases.Aggregate(last, (end, purchase) => Math.Max(end, purchase.Time)) + 1;
        }
    }

    public static async Task<Recording> OfAsync(OpenInput input, int workers, IProgress<double> progress, CancellationToken cancellation)
    {
        var recorder = new FeatureRecorder(new LocalCounters(new ShardOptions { Workers = workers }));
        await input.PumpAsync(recorder.RecordAsync, progress, cancellation);
        return new Recording(recorder.Table, recorder.Purchases);
    }

    /// <summary>Gets the purchases known before a moment.</summary>
    public Purchase[] PurchasesBefore(long moment) => [.. Purchases.Where(purchase => purchase.Time < moment)];
}
