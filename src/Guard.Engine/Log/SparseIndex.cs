namespace Guard.Engine.Log;

/// <summary>Where some blocks of a segment begin, about one in 64 KB: small enough to hold for every segment.</summary>
internal sealed class SparseIndex
{
    /// <summary>The bytes of a segment between two entries.</summary>
    public const int Spacing = 64 << 10;
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];

    /// <summary>Where a block begins.</summary>
    public readonly record struct Entry(long Position, long First, long Offset);

    /// <summary>Takes in a block, in order, where the last entry is far enough behind.</summary>
    public void Add(long position, long first, long offset)
    {
        lock (_gate)
        {
            if (_entries.Count == 0 || offset - _entries[^1].Offset >= Spacing)
            {
                _entries.Add(new Entry(position, first, offset));
            }
        }
    }

    /// <summary>Finds the last entry at or before a position.</summary>
    public Entry? ByPosition(long position) => Last(position, static (in Entry entry, long value) => entry.Position <= value);

    /// <summary>Finds the last entry whose first number is at or before a number.</summary>
    public Entry? ByNumber(long number) => Last(number, static (in Entry entry, long value) => entry.First <= value);

    /// <summary>Finds the last entry at or before an offset.</summary>
    public Entry? ByOffset(long offset) => Last(offset, static (in Entry entry, long value) => entry.Offset <= value);

    public Entry[] ToArray()
    {
        lock (_gate)
        {
            return [.. _entries];
        }
    }

    private delegate bool Holds(in Entry entry, long value);

    private Entry? Last(long value, Holds holds)
    {
        lock (_gate)
        {
            var (low, high) = (0, _entries.Count);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                (low, high) = holds(_entries[middle], value) ? (middle + 1, high) : (low, middle);
            }

            return low == 0 ? null : _entries[low - 1];
        }
    }
}
