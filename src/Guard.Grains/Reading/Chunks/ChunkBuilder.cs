using System.Runtime.InteropServices;
using Guard.Grains.Counting;
using Guard.Grains.Deciding;

namespace Guard.Grains.Reading.Chunks;

/// <summary>Puts segments together, in the order in which they are added.</summary>
internal sealed class ChunkBuilder
{
    private readonly List<DecisionSegment> _parts = [];
    private readonly List<DecidedRow> _rows = [];
    private readonly List<float> _features = [];
    private readonly List<PurchaseRow> _purchases = [];
    private readonly TextColumnsWriter _texts = new();
    private string _model = "";
    private string _thresholds = "";

    /// <summary>Adds a segment.</summary>
    public void Add(NumberedSegment numbered)
    {
        var segment = numbered.Segment;
        if (segment.Model != _model || segment.Thresholds != _thresholds)
        {
            EndPart();
            (_model, _thresholds) = (segment.Model, segment.Thresholds);
        }

        _rows.AddRange(numbered.Rows);
        _features.AddRange(RowBytes.Read<float>(segment.Features));
        _purchases.AddRange(RowBytes.Read<PurchaseRow>(segment.Purchases));
        for (var row = 0; row < numbered.Count; row++)
        {
            _texts.Add(numbered.Texts(row));
        }
    }

    /// <summary>Gets the chunk.</summary>
    public DecisionChunk Build()
    {
        EndPart();
        return new DecisionChunk { Parts = [.. _parts] };
    }

    private void EndPart()
    {
        if (_rows.Count == 0 && _purchases.Count == 0)
        {
            return;
        }

        var (ends, texts) = _texts.Take();
        _parts.Add(new DecisionSegment
        {
            Partition = Index.IndexEntry.Chunk,
            Rows = RowBytes.Of<DecidedRow>(CollectionsMarshal.AsSpan(_rows)),
            Features = RowBytes.Of<float>(CollectionsMarshal.AsSpan(_features)),
            Purchases = RowBytes.Of<PurchaseRow>(CollectionsMarshal.AsSpan(_purchases)),
            Model = _model,
            Thresholds = _thresholds,
            TextEnds = ends,
            Texts = texts,
        });
        _rows.Clear();
        _features.Clear();
        _purchases.Clear();
    }
}
