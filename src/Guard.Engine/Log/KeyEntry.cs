namespace Guard.Engine.Log;

/// <summary>A key and its place, the block counted from its segment's first. Ordered by key, then place.</summary>
internal readonly record struct KeyEntry(ulong Key, uint Block, uint Row) : IComparable<KeyEntry>
{
    public int CompareTo(KeyEntry other)
    {
        var order = Key.CompareTo(other.Key);
        return order != 0 ? order : Place.CompareTo(other.Place);
    }

    public static bool operator <(KeyEntry left, KeyEntry right) => left.CompareTo(right) < 0;

    public static bool operator >(KeyEntry left, KeyEntry right) => left.CompareTo(right) > 0;

    public static bool operator <=(KeyEntry left, KeyEntry right) => left.CompareTo(right) <= 0;

    public static bool operator >=(KeyEntry left, KeyEntry right) => left.CompareTo(right) >= 0;

    private ulong Place => ((ulong)Block << 32) | Row;
}
