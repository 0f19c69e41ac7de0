using Guard.Core.Clicks;

namespace Guard.Core.Counters;

/// <summary>Groups a batch's clicks by shard, in click order within each shard, by a counting sort over reused arrays.</summary>
/// <param name="shards">The number of shards, at least 1.</param>
public sealed class ShardGroups(int shards)
{
    private readonly int[] _ends = new int[shards];
    private int[] _shardOf = [];
    private int[] _rows = [];

    /// <summary>Gets the key by which a click finds its shard.</summary>
    public delegate ulong KeyOf(in Click click);

    /// <summary>Groups the clicks of a batch, in place of those grouped before.</summary>
    public void Group(ReadOnlySpan<Click> clicks, KeyOf key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_rows.Length < clicks.Length)
        {
            _rows = new int[Math.Max(clicks.Length, _rows.Length * 2)];
            _shardOf = new int[_rows.Length];
        }

        Array.Clear(_ends);
        for (var row = 0; row < clicks.Length; row++)
        {
            var shard = KeyHash.ShardOf(key(clicks[row]), shards);
            _shardOf[row] = shard;
            _ends[shard]++;
        }

        for (var shard = 1; shard < shards; shard++)
        {
            _ends[shard] += _ends[shard - 1];
        }

        for (var row = clicks.Length - 1; row >= 0; row--)
        {
            _rows[--_ends[_shardOf[row]]] = row;
        }

        // The sort left each shard's start where its end was: shift by one shard, and the last one ends at the batch's end.
        _ends.AsSpan(1).CopyTo(_ends);
        _ends[shards - 1] = clicks.Length;
    }

    /// <summary>Gets the rows of a shard's clicks, ascending; valid until the next grouping.</summary>
    public ReadOnlySpan<int> Rows(int shard)
    {
        var start = shard == 0 ? 0 : _ends[shard - 1];
        return _rows.AsSpan(start, _ends[shard] - start);
    }
}
