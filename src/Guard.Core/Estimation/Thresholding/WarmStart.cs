namespace Guard.Core.Estimation.Thresholding;

/// <summary>
/// Pools the online scores with the one offline set whose confidence sets meet theirs (Sun, Sankararaman and Narayanaswamy, ICML 2024).
/// </summary>
/// <remarks>
/// Sets are compared at every monitored level, not at the target alone, and only after a least number of online scores: both ours, so that
/// an unrelated set is left out before it is believed.
/// </remarks>
internal sealed class WarmStart
{
    private readonly QuantileBracket[] _fresh;
    private readonly QuantileBracket[] _pooled;
    private readonly (double Lower, double Upper)[][] _sets;
    private readonly bool[] _excluded;
    private readonly int _minimum;

    public WarmStart(IReadOnlyList<OfflineScores> offline, ReadOnlySpan<RankBounds> levels, RankBounds target, AbstainingThresholdOptions options)
    {
        _minimum = options.OfflineMinimum;
        _fresh = new QuantileBracket[offline.Count];
        _pooled = new QuantileBracket[offline.Count];
        _excluded = new bool[offline.Count];
        _sets = new (double, double)[offline.Count][];
        for (var i = 0; i < offline.Count; i++)
        {
            _fresh[i] = QuantileBracket.OfSorted(offline[i].Sorted, target, options.Capacity);
            _pooled[i] = _fresh[i].Copy();
            _sets[i] = new (double, double)[levels.Length];
            for (var j = 0; j < levels.Length; j++)
            {
                var set = QuantileBracket.OfSorted(offline[i].Sorted, levels[j], options.Capacity);
                _sets[i][j] = (set.Lower, set.Upper);
            }
        }
    }

    public void Clear()
    {
        for (var i = 0; i < _fresh.Length; i++)
        {
            _pooled[i] = _fresh[i].Copy();
            _excluded[i] = false;
        }
    }

    public void Add(double score, ReadOnlySpan<QuantileBracket> online)
    {
        for (var i = 0; i < _pooled.Length; i++)
        {
            if (_excluded[i])
            {
                continue;
            }

            _pooled[i].Add(score);
            _excluded[i] = _pooled[i].IsEmpty || Disjoint(_sets[i], online);
        }
    }

    /// <summary>Index of the set to pool with, or −1 where none or more than one agrees with the online scores.</summary>
    public int Choice(long onlineCount)
    {
        if (onlineCount < _minimum)
        {
            return -1;
        }

        var choice = -1;
        for (var i = 0; i < _excluded.Length; i++)
        {
            if (_excluded[i])
            {
                continue;
            }

            if (choice >= 0)
            {
                return -1;
            }

            choice = i;
        }

        return choice;
    }

    public int SetCount => _pooled.Length;

    public QuantileBracket Pooled(int index) => _pooled[index];

    public void Save(StateWriter writer)
    {
        for (var i = 0; i < _pooled.Length; i++)
        {
            writer.Byte(_excluded[i] ? (byte)1 : (byte)0);
            _pooled[i].Save(writer);
        }
    }

    public void Restore(ref StateReader reader)
    {
        for (var i = 0; i < _pooled.Length; i++)
        {
            _excluded[i] = reader.Byte() != 0;
            _pooled[i].Restore(ref reader);
        }
    }

    private static bool Disjoint((double Lower, double Upper)[] offline, ReadOnlySpan<QuantileBracket> online)
    {
        for (var j = 0; j < offline.Length; j++)
        {
            if (offline[j].Lower > online[j].Upper || offline[j].Upper < online[j].Lower)
            {
                return true;
            }
        }

        return false;
    }
}
