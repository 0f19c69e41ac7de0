using Guard.Core.Features;
using Guard.Core.Scoring;

namespace Guard.Core.Pipeline;

/// <summary>The decisions of a batch, a row a click, with the features that they rest on; the memory is reused from batch to batch.</summary>
public sealed class DecidedBatch
{
    private readonly int _width = ClickFeatures.Schema.Width;
    private Decision[] _decisions = [];
    private float[] _features = [];
    private float[] _scores = [];
    private int _count;

    /// <summary>Gets or sets what was in force when the batch was decided.</summary>
    public DecisionPolicy? Policy { get; set; }

    /// <summary>Gets the decisions, in click order.</summary>
    public Span<Decision> Decisions => _decisions.AsSpan(0, _count);

    /// <summary>Gets the models' scores, in click order.</summary>
    public Span<float> Scores => _scores.AsSpan(0, _count);

    /// <summary>Gets the features, row-major.</summary>
    public Span<float> Features => _features.AsSpan(0, _count * _width);

    /// <summary>Gets one click's features.</summary>
    public Span<float> Row(int index) => Features.Slice(index * _width, _width);

    /// <summary>Makes room for a batch of clicks; what the rows held before is undefined.</summary>
    public void Resize(int clicks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(clicks);
        if (_decisions.Length < clicks)
        {
            var capacity = Math.Max(clicks, _decisions.Length * 2);
            _decisions = new Decision[capacity];
            _features = new float[capacity * _width];
            _scores = new float[capacity];
        }

        _count = clicks;
    }
}
