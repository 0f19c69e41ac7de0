using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Grains.Counting;

namespace Guard.Grains.Deciding;

/// <summary>Takes the decisions of a partition and makes a segment of each batch.</summary>
/// <param name="segments">Where segments go.</param>
internal sealed class SegmentWriter(DecisionSegments segments) : IDecisionSink
{
    private readonly TextColumnsWriter _texts = new();

    /// <summary>Gets or sets the messages of the batch that comes next; <see langword="null"/> where their decisions are durable already.</summary>
    public (long First, long Last)? Range { get; set; }

    /// <summary>Gets or sets what is told of those messages beside their clicks.</summary>
    public SegmentNotes? Notes { get; set; }

    /// <summary>Gets the segment of the last batch; <see langword="null"/> where its decisions were durable already.</summary>
    public DecisionSegment? Written { get; private set; }

    /// <inheritdoc/>
    public ValueTask WriteAsync(EventBatch batch, DecidedBatch decided, CancellationToken cancellationToken = default)
    {
        Written = Range is { } range ? SegmentOf(batch, decided, range) : null;
        return Written is null ? ValueTask.CompletedTask : segments.CreateAsync(Written, cancellationToken);
    }

    private DecisionSegment SegmentOf(EventBatch batch, DecidedBatch decided, (long First, long Last) range)
    {
        var clicks = batch.Clicks;
        var packedRows = RowBytes.New<DecidedRow>(clicks.Length, out var rows);
        for (var row = 0; row < clicks.Length; row++)
        {
            ref readonly var click = ref clicks[row];
            rows[row] = new DecidedRow(click, decided.Decisions[row]);
            _texts.Add(batch.Text(click.IdText));
            _texts.Add(batch.Text(click.SourceText));
            _texts.Add(batch.Text(click.CampaignText));
            _texts.Add(batch.Text(click.AdvertiserText));
            _texts.Add(decided.Policy!.ListReasonOf(decided.Decisions[row]));
        }

        var packedPurchases = RowBytes.New<PurchaseRow>(batch.Purchases.Length, out var purchases);
        for (var row = 0; row < purchases.Length; row++)
        {
            purchases[row] = PurchaseRow.Of(batch.Purchases[row]);
        }

        var (ends, texts) = _texts.Take();
        return new DecisionSegment
        {
            Partition = batch.Partition,
            FirstMessage = range.First,
            LastMessage = range.Last,
            FirstClick = clicks.Length > 0 ? clicks[0].Sequence : 0,
            Rows = packedRows,
            Features = RowBytes.Of<float>(decided.Features),
            Purchases = packedPurchases,
            Model = decided.Policy!.Scorer.Version,
            Thresholds = decided.Policy.Thresholds.Version,
            TextEnds = ends,
            Texts = texts,
            Notes = Notes,
        };
    }
}
