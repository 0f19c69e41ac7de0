using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;
using Guard.Grains.Counting;

namespace Guard.Grains.Deciding;

/// <summary>Takes the decisions of a partition and makes a segment of each batch.</summary>
/// <param name="segments">Where segments go.</param>
internal sealed class SegmentWriter(DecisionSegments segments) : IDecisionSink, IDisposable
{
    private readonly DecisionEventWriter _events = new();
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>Gets or sets the messages of the batch that comes next; <see langword="null"/> where their decisions are durable already.</summary>
    public (long First, long Last)? Range { get; set; }

    /// <summary>Gets or sets what is told of those messages beside their clicks.</summary>
    public SegmentNotes? Notes { get; set; }

    /// <summary>Gets the segment of the last batch; <see langword="null"/> where its decisions were durable already.</summary>
    public DecisionSegment? Written { get; private set; }

    /// <summary>Gets how many decisions were written, for those who count them.</summary>
    public DecisionCounts Counts { get; } = new();

    /// <inheritdoc/>
    public async ValueTask WriteAsync(EventBatch batch, DecidedBatch decided, CancellationToken cancellationToken = default)
    {
        Written = Range is { } range ? SegmentOf(batch, decided, range) : null;
        if (Written is not null)
        {
            await segments.CreateAsync(Written, cancellationToken);
            Counts.Add(decided.Decisions);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _events.Dispose();

    private DecisionSegment SegmentOf(EventBatch batch, DecidedBatch decided, (long First, long Last) range)
    {
        var clicks = batch.Clicks;
        var packedRows = RowBytes.New<DecidedRow>(clicks.Length, out var rows);
        _buffer.ResetWrittenCount();
        for (var row = 0; row < clicks.Length; row++)
        {
            rows[row] = new DecidedRow(clicks[row], decided.Decisions[row]);
            _events.Write(_buffer, batch, decided, row);
            _buffer.Write("\n"u8);
        }

        var packedPurchases = RowBytes.New<PurchaseRow>(batch.Purchases.Length, out var purchases);
        for (var row = 0; row < purchases.Length; row++)
        {
            purchases[row] = PurchaseRow.Of(batch.Purchases[row]);
        }

        return new DecisionSegment
        {
            Partition = batch.Partition,
            FirstMessage = range.First,
            LastMessage = range.Last,
            FirstClick = clicks.Length > 0 ? clicks[0].Sequence : 0,
            Events = _buffer.WrittenSpan.ToArray(),
            Rows = packedRows,
            Features = RowBytes.Of<float>(decided.Features),
            Purchases = packedPurchases,
            Model = decided.Policy!.Scorer.Version,
            Thresholds = decided.Policy.Thresholds.Version,
            Notes = Notes,
        };
    }
}
