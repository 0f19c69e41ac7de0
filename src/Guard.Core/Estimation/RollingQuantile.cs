namespace Guard.Core.Estimation;

/// <summary>
/// The exact quantiles of the last values of a stream, in bounded memory: a ring of single-precision values and their
/// sorted copy, 8 bytes a value. An update moves at most one window of values and allocates nothing.
/// </summary>
public sealed class RollingQuantile
{
    private readonly float[] _ring;
    private readonly float[] _sorted;
    private int _next;

    /// <summary>Creates an empty window.</summary>
    /// <param name="window">How many values are remembered, at least 1.</param>
    public RollingQuantile(int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        _ring = new float[window];
        _sorted = new float[window];
    }

    /// <summary>Gets how many values are remembered at most.</summary>
    public int Window => _ring.Length;

    /// <summary>Gets how many values are remembered now.</summary>
    public int Count { get; private set; }

    /// <summary>Remembers a value and, once the window is full, forgets the oldest. Values beyond the range of a float are moved to its end.</summary>
    /// <exception cref="ArgumentException">The value is NaN.</exception>
    public void Add(double value)
    {
        if (double.IsNaN(value))
        {
            throw new ArgumentException("NaN has no rank; leave it out.", nameof(value));
        }

        var entering = (float)Math.Clamp(value, float.MinValue, float.MaxValue);
        if (Count < _ring.Length)
        {
            var at = Rank(entering, Count);
            Array.Copy(_sorted, at, _sorted, at + 1, Count - at);
            _sorted[at] = entering;
            Count++;
        }
        else
        {
            Replace(_ring[_next], entering);
        }

        _ring[_next] = entering;
        _next = _next + 1 == _ring.Length ? 0 : _next + 1;
    }

    /// <summary>Returns the quantile of the remembered values: the one of rank ⌈level·n⌉, counted from 1.</summary>
    /// <param name="level">The level, from 0 to 1.</param>
    /// <exception cref="InvalidOperationException">Nothing is remembered yet.</exception>
    public double Quantile(double level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 1);
        if (Count == 0)
        {
            throw new InvalidOperationException("An empty window has no quantile; add a value first.");
        }

        return _sorted[Math.Clamp((int)Math.Ceiling(level * Count) - 1, 0, Count - 1)];
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => (Count, _next) = (0, 0);

    internal void Write(StateWriter writer)
    {
        writer.Int32(_ring.Length);
        writer.Int32(Count);
        writer.Int32(_next);
        writer.Singles(_ring.AsSpan(0, Count));
    }

    internal void Read(ref StateReader reader)
    {
        reader.Expect(_ring.Length, "window");
        var count = reader.Int32(0, _ring.Length, "count of the window");
        var next = reader.Int32(0, _ring.Length - 1, "position in the window");
        reader.Singles(_ring.AsSpan(0, count));
        (Count, _next) = (count, next);
        _ring.AsSpan(0, count).CopyTo(_sorted);
        Array.Sort(_sorted, 0, count);
    }

    private void Replace(float leaving, float entering)
    {
        var from = Rank(leaving, Count);
        if (entering >= leaving)
        {
            var to = Rank(entering, Count) - 1;
            to = Math.Max(to, from);
            Array.Copy(_sorted, from + 1, _sorted, from, to - from);
            _sorted[to] = entering;
        }
        else
        {
            var to = Rank(entering, Count);
            Array.Copy(_sorted, to, _sorted, to + 1, from - to);
            _sorted[to] = entering;
        }
    }

    // How many of the first count sorted values are below a value.
    private int Rank(float value, int count)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_sorted[middle] < value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
