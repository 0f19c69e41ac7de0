namespace Guard.Core.Counters;

/// <summary>One kind of key of a batch, grouped by shard, in click order within each shard, by a counting sort over reused arrays.</summary>
/// <param name="shards">The number of shards, from 1 to 65,536.</param>
public sealed class ShardGroups(int shards)
{
    private readonly int[] _ends = new int[shards];
    private ushort[] _shardOf = [];
    private int[] _rows = [];
    private int _count;

    /// <summary>Begins with a batch: every click's key is then given by <see cref="Add"/>, in click order.</summary>
    public void Begin(int clicks)
    {
        if (_rows.Length < clicks)
        {
            _rows = new int[Math.Max(clicks, _rows.Length * 2)];
            _shardOf = new ushort[_rows.Length];
        }

        _count = 0;
        Array.Clear(_ends);
    }

    /// <summary>Gives the key of the next click.</summary>
    public void Add(ulong key)
    {
        var shard = KeyHash.ShardOf(key, _ends.Length);
        _shardOf[_count++] = (ushort)shard;
        _ends[shard]++;
    }

    /// <summary>Sorts the rows.</summary>
    /// <param name="places">Written: where in that order each row stands; may be empty.</param>
    public void Sort(Span<int> places = default)
    {
        for (var shard = 1; shard < _ends.Length; shard++)
        {
            _ends[shard] += _ends[shard - 1];
        }

        for (var row = _count - 1; row >= 0; row--)
        {
            var place = --_ends[_shardOf[row]];
            _rows[place] = row;
            if (!places.IsEmpty)
            {
                places[row] = place;
            }
        }

        // The sort left each shard's start where its end was: shift by one shard, and the last one ends at the batch's end.
        _ends.AsSpan(1).CopyTo(_ends);
        _ends[^1] = _count;
    }

    /// <summary>Gets the place of a shard's first row.</summary>
    public int Start(int shard) => shard == 0 ? 0 : _ends[shard - 1];

    /// <summary>Gets a shard's rows, in click order.</summary>
    public ReadOnlySpan<int> Rows(int shard) => _rows.AsSpan(Start(shard), _ends[shard] - Start(shard));
}
