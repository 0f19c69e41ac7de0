namespace Guard.Core.Estimation.Fitness;

/// <summary>
/// A small isolation forest (Liu, Ting and Zhou, 2008): points that random cuts isolate early are anomalous. Its score is 2^(−h/c), h the mean depth of
/// the point and c that of an unsuccessful search, in (0, 1].
/// </summary>
/// <remarks>Fine-tuning grows the trees anew on the few points. The cuts are drawn from the seed, so that equal points give equal scores.</remarks>
public sealed class IsolationDetector : IOfflineDetector
{
    private readonly int _sample;
    private readonly ulong _seed;
    private readonly Node[][] _trees;
    private readonly int[] _order;
    private ulong _state;
    private int _used;
    private double _expected;

    /// <summary>Creates a detector that has learned nothing.</summary>
    /// <param name="dimension">Numbers of a point, at least 1.</param>
    /// <param name="trees">Trees, at least 1. Default 32.</param>
    /// <param name="sample">Most points a tree is grown on, at least 2. Default 64.</param>
    /// <param name="seed">Seed of the cuts.</param>
    public IsolationDetector(int dimension, int trees = 32, int sample = 64, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(trees, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sample, 2);
        Dimension = dimension;
        _sample = sample;
        _seed = unchecked((ulong)seed);
        _trees = [.. Enumerable.Range(0, trees).Select(_ => new Node[2 * sample])];
        _order = new int[sample];
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public void Fit(ReadOnlySpan<double> rows)
    {
        var count = Rows.Count(rows, Dimension);
        _state = (_seed * 0x9E3779B97F4A7C15UL) + 1;
        var size = Math.Min(_sample, count);
        _expected = MeanDepth(size);
        var depth = (int)Math.Ceiling(Math.Log2(Math.Max(size, 2)));
        foreach (var tree in _trees)
        {
            for (var i = 0; i < size; i++)
            {
                // One point of each of as many equal stretches: a sample without repeats.
                var from = (int)((long)i * count / size);
                var to = (int)((i + 1L) * count / size);
                _order[i] = from + (int)(Uniform() * (to - from));
            }

            _used = 0;
            Grow(tree, rows, 0, size, depth);
        }
    }

    /// <inheritdoc/>
    public void FineTune(ReadOnlySpan<double> rows) => Fit(rows);

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<double> point)
    {
        Guards.Length(point.Length, Dimension, nameof(point));
        if (_expected <= 0)
        {
            return 0.5;
        }

        var sum = 0.0;
        foreach (var tree in _trees)
        {
            var at = 0;
            var depth = 0;
            while (tree[at].Left > 0)
            {
                at = point[tree[at].Coordinate] < tree[at].Cut ? tree[at].Left : tree[at].Right;
                depth++;
            }

            sum += depth + MeanDepth(tree[at].Size);
        }

        return Math.Pow(2, -sum / _trees.Length / _expected);
    }

    /// <summary>Mean depth of an unsuccessful search in a binary tree of n points (the paper's c(n)).</summary>
    private static double MeanDepth(int n) => n switch
    {
        <= 1 => 0,
        2 => 1,
        _ => (2 * (Math.Log(n - 1) + 0.5772156649015329)) - (2.0 * (n - 1) / n),
    };

    private int Grow(Node[] tree, ReadOnlySpan<double> rows, int from, int to, int depth)
    {
        var at = _used++;
        tree[at] = new Node { Size = to - from };
        if (to - from <= 1 || depth == 0)
        {
            return at;
        }

        var coordinate = (int)(Uniform() * Dimension);
        var least = double.PositiveInfinity;
        var greatest = double.NegativeInfinity;
        for (var i = from; i < to; i++)
        {
            var value = rows[(_order[i] * Dimension) + coordinate];
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
        }

        var cut = least + (Uniform() * (greatest - least));
        var middle = from;
        for (var i = from; i < to; i++)
        {
            if (rows[(_order[i] * Dimension) + coordinate] < cut)
            {
                (_order[i], _order[middle]) = (_order[middle], _order[i]);
                middle++;
            }
        }

        if (middle == from || middle == to)
        {
            return at;
        }

        tree[at].Coordinate = coordinate;
        tree[at].Cut = cut;
        tree[at].Left = Grow(tree, rows, from, middle, depth - 1);
        tree[at].Right = Grow(tree, rows, middle, to, depth - 1);
        return at;
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood, 2014) in [0, 1).</summary>
    private double Uniform()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    private struct Node
    {
        public int Size;
        public int Coordinate;
        public double Cut;
        public int Left;
        public int Right;
    }
}
