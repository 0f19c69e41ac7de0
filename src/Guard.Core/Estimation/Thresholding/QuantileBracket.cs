namespace Guard.Core.Estimation.Thresholding;

/// <summary>
/// A confidence sequence for one quantile of a stream in bounded memory: the running intersection of the sets of <see cref="RankBounds"/>.
/// </summary>
/// <remarks>
/// <para>A value outside the running intersection can never bound the quantile again, so it is counted and forgotten; about √n of n values remain.
/// While these fit the capacity every rank is exact. Past it, neighbours are merged as in the summary of Greenwald and Khanna (2001): each stored
/// value keeps the least and the greatest rank that it may have, and the set takes the rank that is safe, so a merge can widen the set
/// and never make it wrong.</para>
/// </remarks>
internal sealed class QuantileBracket
{
    private readonly RankBounds _bounds;
    private readonly int _capacity;
    private double[] _values;
    private long[] _gaps;
    private long[] _slack;
    private int _stored;
    private long _below;

    public QuantileBracket(RankBounds bounds, int capacity)
    {
        _bounds = bounds;
        _capacity = capacity;
        var room = Math.Min(capacity, 16);
        _values = new double[room];
        _gaps = new long[room];
        _slack = new long[room];
    }

    public long Count { get; private set; }

    public double Lower { get; private set; } = double.NegativeInfinity;

    public double Upper { get; private set; } = double.PositiveInfinity;

    public bool IsEmpty => Lower > Upper;

    public int Stored => _stored;

    /// <summary>Most by which the rank of a stored value may differ from its least possible one.</summary>
    public long RankError
    {
        get
        {
            long worst = 0;
            for (var i = 0; i < _stored; i++)
            {
                worst = Math.Max(worst, _gaps[i] + _slack[i] - 1);
            }

            return worst;
        }
    }

    /// <summary>The bracket of a whole sample, sorted ascending.</summary>
    public static QuantileBracket OfSorted(ReadOnlySpan<double> sorted, RankBounds bounds, int capacity)
    {
        var bracket = new QuantileBracket(bounds, capacity);
        if (sorted.IsEmpty)
        {
            return bracket;
        }

        var point = RankBounds.GridPointAtMost(sorted.Length);
        // Ranks of a grid point below n stay safe when the values above it are taken to lie on the far side.
        var lower = bounds.Lower(point);
        var upper = bounds.Upper(point) + 1 + (sorted.Length - point);
        bracket.Count = sorted.Length;
        bracket.Lower = lower < 1 ? double.NegativeInfinity : sorted[(int)lower - 1];
        bracket.Upper = upper > sorted.Length ? double.PositiveInfinity : sorted[(int)upper - 1];
        var first = (int)Math.Max(lower - 1, 0);
        var last = (int)Math.Min(upper, sorted.Length);
        bracket._below = first;
        for (var i = first; i < last; i++)
        {
            if (bracket._stored == capacity)
            {
                bracket.Merge();
            }

            bracket.Place(bracket._stored, sorted[i], 0);
        }

        return bracket;
    }

    public QuantileBracket Copy()
    {
        var copy = (QuantileBracket)MemberwiseClone();
        copy._values = (double[])_values.Clone();
        copy._gaps = (long[])_gaps.Clone();
        copy._slack = (long[])_slack.Clone();
        return copy;
    }

    public void Clear()
    {
        _stored = 0;
        _below = 0;
        Count = 0;
        Lower = double.NegativeInfinity;
        Upper = double.PositiveInfinity;
    }

    public void Add(double value)
    {
        Count++;
        if (value < Lower)
        {
            _below++;
        }
        else if (value <= Upper)
        {
            if (_stored == _capacity)
            {
                Merge();
            }

            var place = UpperBound(value);
            Place(place, value, place < _stored ? _gaps[place] + _slack[place] - 1 : 0);
        }

        if (RankBounds.IsGridPoint(Count))
        {
            Tighten();
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Int64(Count);
        writer.Int64(_below);
        writer.Int64(BitConverter.DoubleToInt64Bits(Lower));
        writer.Int64(BitConverter.DoubleToInt64Bits(Upper));
        writer.Int32(_stored);
        for (var i = 0; i < _stored; i++)
        {
            writer.Int64(BitConverter.DoubleToInt64Bits(_values[i]));
            writer.Int64(_gaps[i]);
            writer.Int64(_slack[i]);
        }
    }

    public void Restore(ref StateReader reader)
    {
        Count = reader.Count("count of a level");
        _below = reader.Count("count below a level");
        Lower = BitConverter.Int64BitsToDouble(reader.Int64());
        Upper = BitConverter.Int64BitsToDouble(reader.Int64());
        var stored = reader.Int32(0, (int)Math.Min(_capacity, Count), "number of stored values");
        _stored = 0;
        for (var i = 0; i < stored; i++)
        {
            Place(i, BitConverter.Int64BitsToDouble(reader.Int64()), 0);
            _gaps[i] = reader.Count("rank of a stored value");
            _slack[i] = reader.Count("slack of a stored value");
        }
    }

    private void Tighten()
    {
        var lowest = _bounds.Lower(Count);
        var highest = _bounds.Upper(Count) + 1;
        var rank = _below;
        var from = 0;
        var end = _stored;
        for (var i = 0; i < end; i++)
        {
            rank += _gaps[i];
            if (rank + _slack[i] <= lowest)
            {
                Lower = Math.Max(Lower, _values[i]);
                from = i;
            }

            if (rank >= highest)
            {
                Upper = Math.Min(Upper, _values[i]);
                // The value just past the set stays: it bounds the rank of what comes before it.
                end = Math.Min(end, i + 2);
                break;
            }
        }

        Keep(from, end);
    }

    private void Keep(int from, int end)
    {
        for (var i = 0; i < from; i++)
        {
            _below += _gaps[i];
        }

        if (from > 0)
        {
            Array.Copy(_values, from, _values, 0, end - from);
            Array.Copy(_gaps, from, _gaps, 0, end - from);
            Array.Copy(_slack, from, _slack, 0, end - from);
        }

        _stored = end - from;
    }

    private void Place(int at, double value, long slack)
    {
        if (_stored == _values.Length)
        {
            var room = (int)Math.Min(_capacity, 2L * _stored);
            Array.Resize(ref _values, room);
            Array.Resize(ref _gaps, room);
            Array.Resize(ref _slack, room);
        }

        Array.Copy(_values, at, _values, at + 1, _stored - at);
        Array.Copy(_gaps, at, _gaps, at + 1, _stored - at);
        Array.Copy(_slack, at, _slack, at + 1, _stored - at);
        _values[at] = value;
        _gaps[at] = 1;
        _slack[at] = slack;
        _stored++;
    }

    /// <summary>Merges the stored value whose loss costs the least rank into its successor.</summary>
    private void Merge()
    {
        var best = 0;
        var least = long.MaxValue;
        for (var i = 0; i + 1 < _stored; i++)
        {
            var cost = _gaps[i] + _gaps[i + 1] + _slack[i + 1];
            if (cost < least)
            {
                least = cost;
                best = i;
            }
        }

        _gaps[best + 1] += _gaps[best];
        Array.Copy(_values, best + 1, _values, best, _stored - best - 1);
        Array.Copy(_gaps, best + 1, _gaps, best, _stored - best - 1);
        Array.Copy(_slack, best + 1, _slack, best, _stored - best - 1);
        _stored--;
    }

    private int UpperBound(double value)
    {
        var low = 0;
        var high = _stored;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_values[middle] <= value)
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
