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
    private Reasons[] _reasons = [];
    private int _count;
    private int _explained;

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

    /// <summary>Gets the features that pushed one click's score most towards its verdict, strongest first; none where a list decided.</summary>
    /// <remarks>The batch is explained when the first reasons are asked for; not safe for concurrent use.</remarks>
    public Reasons ReasonsOf(int index)
    {
        if (_explained != _count)
        {
            var policy = Policy ?? throw new InvalidOperationException("No policy is in force.");
            if (_reasons.Length < _count)
            {
                _reasons = new Reasons[_decisions.Length];
            }

            DecisionReasons.Explain(policy.Scorer, Features, Decisions, _reasons);
            _explained = _count;
        }

        return _reasons.AsSpan(0, _count)[index];
    }

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
        _explained = 0;
    }
}
