using System.Runtime.CompilerServices;

namespace Guard.Core.Counters;

/// <summary>
/// An open-addressing index from keys to slots with linear probing. It is cut into segments that grow one at a time and by
/// half, so no growth stalls a batch for long and an entry takes 5 to 7.5 bytes. An entry holds seven bits of the key's
/// hash, so a probe past other keys rarely touches their records.
/// </summary>
/// <typeparam name="TRecord">The record, which holds the key itself.</typeparam>
internal sealed class KeyIndex<TRecord>(RecordChunks<TRecord> records)
    where TRecord : unmanaged, IKeyedRecord
{
    /// <summary>The greatest number of slots that an entry can tell apart.</summary>
    public const int MostSlots = (1 << SlotBits) - 1;

    private const int SlotBits = 25;
    private const int Segments = 256;
    private const int FirstSize = 8;
    private readonly uint[][] _segments = CreateSegments();
    private readonly int[] _counts = new int[Segments];

    /// <summary>Gets the bytes of the index.</summary>
    public long Bytes => _segments.Sum(static segment => (long)segment.Length * sizeof(uint));

    /// <summary>Finds the slot of a key, or −1.</summary>
    public int Find(ulong key, ulong hash)
    {
        var segment = _segments[hash >> 56];
        var tag = Tag(hash);
        for (var place = Home(hash, segment.Length); segment[place] is not 0 and var entry; place = Next(place, segment.Length))
        {
            if (entry >> SlotBits == tag && records[Slot(entry)].Key == key)
            {
                return Slot(entry);
            }
        }

        return -1;
    }

    /// <summary>Asks for the place where the probe of a key begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchPlace(ulong hash)
    {
        var segment = _segments[hash >> 56];
        Prefetch.Line(ref segment[Home(hash, segment.Length)]);
    }

    /// <summary>Finds the slot that a key very likely has, without reading its record, or −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Guess(ulong hash)
    {
        var segment = _segments[hash >> 56];
        var tag = Tag(hash);
        for (var place = Home(hash, segment.Length); segment[place] is not 0 and var entry; place = Next(place, segment.Length))
        {
            if (entry >> SlotBits == tag)
            {
                return Slot(entry);
            }
        }

        return -1;
    }

    /// <summary>Adds a key that the index does not hold.</summary>
    public void Add(ulong hash, int slot)
    {
        var number = hash >> 56;
        if ((_counts[number] + 1) * 5L > _segments[number].Length * 4L)
        {
            Grow(number);
        }

        Place(_segments[number], hash, slot);
        _counts[number]++;
    }

    /// <summary>Removes a key that the index holds, and closes the gap in its run of probes.</summary>
    public void Remove(ulong hash, int slot)
    {
        var segment = _segments[hash >> 56];
        var gap = Home(hash, segment.Length);
        while (Slot(segment[gap]) != slot)
        {
            gap = Next(gap, segment.Length);
        }

        for (var place = Next(gap, segment.Length); segment[place] is not 0 and var entry; place = Next(place, segment.Length))
        {
            var home = Home(HashOf(entry), segment.Length);
            if (Distance(home, place, segment.Length) >= Distance(gap, place, segment.Length))
            {
                segment[gap] = entry;
                gap = place;
            }
        }

        segment[gap] = 0;
        _counts[hash >> 56]--;
    }

    private static uint[][] CreateSegments()
    {
        var segments = new uint[Segments][];
        for (var i = 0; i < Segments; i++)
        {
            segments[i] = new uint[FirstSize];
        }

        return segments;
    }

    private static uint Tag(ulong hash) => (uint)(hash >> 49) & 0x7F;

    private static int Slot(uint entry) => (int)(entry & MostSlots) - 1;

    private static int Home(ulong hash, int size) => (int)(((hash & uint.MaxValue) * (uint)size) >> 32);

    private static int Next(int place, int size) => place + 1 == size ? 0 : place + 1;

    private static int Distance(int from, int to, int size) => to >= from ? to - from : to - from + size;

    private static void Place(uint[] segment, ulong hash, int slot)
    {
        var place = Home(hash, segment.Length);
        while (segment[place] != 0)
        {
            place = Next(place, segment.Length);
        }

        segment[place] = (Tag(hash) << SlotBits) | (uint)(slot + 1);
    }

    private ulong HashOf(uint entry) => KeyHash.Mix(records[Slot(entry)].Key);

    private void Grow(ulong number)
    {
        var old = _segments[number];
        var grown = new uint[old.Length + old.Length / 2];
        foreach (var entry in old)
        {
            if (entry != 0)
            {
                Prefetch.Line(ref records[Slot(entry)]);
            }
        }

        foreach (var entry in old)
        {
            if (entry != 0)
            {
                Place(grown, HashOf(entry), Slot(entry));
            }
        }

        _segments[number] = grown;
    }
}
