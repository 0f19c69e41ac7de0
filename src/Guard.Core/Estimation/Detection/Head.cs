using System.Runtime.CompilerServices;

namespace Guard.Core.Estimation.Detection;

/// <summary>The detector's state that all dimensions share. Plain data.</summary>
internal struct Head
{
    private double _interval;
    private DimensionBuffer _dimensions;
    private ShareBuffer _shares;

    public long Rows;
    public long LastTime;
    public EvidenceTail Tail;
    public Episode Episode;

    /// <summary>Learns the usual interval between rows; returns how many of them passed since the last row, at least 1.</summary>
    public double Pace(long time)
    {
        if (LastTime == long.MinValue)
        {
            LastTime = time;
            return 1;
        }

        var passed = (double)time - LastTime;
        LastTime = time;
        if (_interval <= 0)
        {
            _interval = passed;
            return 1;
        }

        var gap = passed / _interval;
        _interval += (Math.Min(passed, 4 * _interval) - _interval) / Math.Clamp(Rows, 1, 100);
        return Math.Max(1, gap);
    }

    /// <summary>Keeps the dimensions with most evidence.</summary>
    public void Rank(ReadOnlySpan<double> evidence)
    {
        var sum = 0.0;
        foreach (var one in evidence)
        {
            sum += one;
        }

        for (var place = 0; place < Episode.Kept; place++)
        {
            _dimensions[place] = -1;
            for (var i = 0; i < evidence.Length; i++)
            {
                if (!Taken(place, i) && (_dimensions[place] < 0 || evidence[i] > evidence[_dimensions[place]]))
                {
                    _dimensions[place] = i;
                }
            }

            _shares[place] = _dimensions[place] < 0 || sum <= 0 ? 0 : (float)(evidence[_dimensions[place]] / sum);
        }
    }

    /// <summary>Returns the dimensions that hold evidence, the greatest first.</summary>
    public readonly Contribution[] Contributions()
    {
        var count = 0;
        while (count < Episode.Kept && _dimensions[count] >= 0 && _shares[count] > 0)
        {
            count++;
        }

        var contributions = new Contribution[count];
        for (var i = 0; i < count; i++)
        {
            contributions[i] = new Contribution(_dimensions[i], _shares[i]);
        }

        return contributions;
    }

    private readonly bool Taken(int places, int dimension)
    {
        for (var place = 0; place < places; place++)
        {
            if (_dimensions[place] == dimension)
            {
                return true;
            }
        }

        return false;
    }

    [InlineArray(Episode.Kept)]
    private struct DimensionBuffer
    {
        private int _first;
    }

    [InlineArray(Episode.Kept)]
    private struct ShareBuffer
    {
        private float _first;
    }
}
