using Guard.Core.Clicks;
using Guard.Core.Features;

namespace Guard.Core.Pipeline;

/// <summary>The way of a click up to its features: counts batches and keeps each click's facts and features, for training and calibration.</summary>
/// <param name="counters">Where the shards live.</param>
public sealed class FeatureRecorder(ICounters counters)
{
    private readonly CounterReadings _readings = new();
    private readonly List<Purchase> _purchases = [];

    /// <summary>Gets the clicks recorded so far.</summary>
    public FeatureTable Table { get; } = new(ClickFeatures.Schema);

    /// <summary>Gets the purchases recorded so far.</summary>
    public IReadOnlyList<Purchase> Purchases => _purchases;

    /// <summary>Counts a batch and records its clicks and purchases.</summary>
    public async ValueTask RecordAsync(EventBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _readings.Resize(batch.Clicks.Length);
        await counters.CountAsync(batch, _readings, cancellationToken);
        Append(batch);
    }

    private void Append(EventBatch batch)
    {
        Span<float> features = stackalloc float[ClickFeatures.Schema.Width];
        for (var row = 0; row < batch.Clicks.Length; row++)
        {
            ref readonly var click = ref batch.Clicks[row];
            ClickFeatures.Write(click, _readings.UserOf(row), _readings.EntityOf(row), _readings.UserAgentOf(row), features);
            Table.Append(ClickFacts.Of(click), features);
        }

        _purchases.AddRange(batch.Purchases);
    }
}
