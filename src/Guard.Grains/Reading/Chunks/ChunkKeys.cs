using Guard.Grains.Counting;
using Guard.Grains.Deciding;

namespace Guard.Grains.Reading.Chunks;

/// <summary>Which decisions of a chunk are of which click: the hashes of the click ids in order, each with its row. Immutable.</summary>
[GenerateSerializer]
[Immutable]
[Alias("guard.chunk-keys")]
internal sealed class ChunkKeys
{
    /// <summary>Gets the hashes in order, packed.</summary>
    [Id(0)]
    public byte[] Clicks { get; init; } = [];

    /// <summary>Gets the row of each, counted through the whole chunk, packed; those of one click from the newest to the oldest.</summary>
    [Id(1)]
    public byte[] Rows { get; init; } = [];

    /// <summary>Gets about how large it is, in bytes.</summary>
    public long Size => Clicks.Length + Rows.Length;

    /// <summary>Makes the keys of a chunk.</summary>
    public static ChunkKeys Of(DecisionChunk chunk)
    {
        var keys = new List<(ulong Click, int Row)>();
        foreach (var part in chunk.Parts)
        {
            foreach (ref readonly var row in RowBytes.Read<DecidedRow>(part.Rows))
            {
                keys.Add((row.Click, keys.Count));
            }
        }

        keys.Sort(static (one, other) => one.Click != other.Click ? one.Click.CompareTo(other.Click) : other.Row.CompareTo(one.Row));
        return new ChunkKeys { Clicks = RowBytes.Of<ulong>([.. keys.Select(key => key.Click)]), Rows = RowBytes.Of<int>([.. keys.Select(key => key.Row)]) };
    }

    /// <summary>Finds the rows of a click, newest first.</summary>
    public int[] Find(ulong click)
    {
        var clicks = RowBytes.Read<ulong>(Clicks);
        var (low, high) = (0, clicks.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = clicks[middle] < click ? (middle + 1, high) : (low, middle);
        }

        var end = low;
        while (end < clicks.Length && clicks[end] == click)
        {
            end++;
        }

        return RowBytes.Read<int>(Rows)[low..end].ToArray();
    }
}
