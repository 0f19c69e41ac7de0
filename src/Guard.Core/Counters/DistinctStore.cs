using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Guard.Core.Counters;

/// <summary>
/// The distinct values of all entities of a shard. A value is a 32-bit fingerprint with the last 10 s tile in which it was
/// seen, so one list answers all four windows exactly; what lies before the last 24 hours is reclaimed before a list grows.
/// </summary>
internal sealed class DistinctStore
{
    public const int LargestClass = 7;

    private readonly SlabPool[] _slabs = [.. Enumerable.Range(1, LargestClass).Select(static sizeClass => new SlabPool(sizeClass))];
    private readonly List<WindowSketch> _sketches = [];
    private readonly Stack<int> _freeSketches = new();

    public long Bytes => _slabs.Sum(static pool => pool.Bytes) + _sketches.Count * WindowSketch.Bytes;

    public SlabPool Slabs(in DistinctField field) => _slabs[field.SizeClass - 1];

    public WindowSketch Sketch(in DistinctField field) => _sketches[(int)field.Value];

    public void Prefetch(in DistinctField field)
    {
        if (field.IsSlab)
        {
            var words = Slabs(field).Words((int)field.Value);
            for (var word = 0; word < words.Length; word += 16)
            {
                Counters.Prefetch.Line(ref words[word]);
            }
        }
        else if (field.IsSketch)
        {
            Sketch(field).Prefetch();
        }
    }

    /// <summary>Notes that a value was seen in a tile.</summary>
    public void Add(ref DistinctField field, ulong value, int tile, in WindowStarts starts)
    {
        if (value == 0 || tile < starts.Day)
        {
            return;
        }

        var fingerprint = KeyHash.Fingerprint(value);
        if (field.IsSlab)
        {
            AddToSlab(ref field, fingerprint, tile, starts);
        }
        else if (field.IsSketch)
        {
            Sketch(field).Add(fingerprint, tile, starts);
        }
        else if (field.IsEmpty || field.Tile < starts.Day)
        {
            field = DistinctField.Single(fingerprint, tile);
        }
        else if (field.Value == fingerprint)
        {
            field = DistinctField.Single(fingerprint, Math.Max(tile, field.Tile));
        }
        else
        {
            var (first, firstTile) = (field.Value, field.Tile);
            field = RentSlab(1, 2);
            var words = Slabs(field).Words((int)field.Value);
            words[0] = (int)first;
            words[1] = (int)fingerprint;
            words[2] = firstTile;
            words[3] = tile;
        }
    }

    /// <summary>Counts the distinct values of the windows with the given starts.</summary>
    public Windowed<float> Read(ref DistinctField field, in WindowStarts starts)
    {
        if (field.IsSlab)
        {
            return CountSlab(field, starts);
        }

        if (field.IsSketch)
        {
            var estimates = Sketch(field).Read(starts);
            if (estimates.Day == 0)
            {
                Release(ref field);
            }

            return estimates;
        }

        var tile = field.Tile;
        return field.IsEmpty
            ? default
            : new Windowed<float>(One(tile >= starts.Minute), One(tile >= starts.TenMinutes), One(tile >= starts.Hour), One(tile >= starts.Day));
    }

    /// <summary>Empties a field and takes back its memory.</summary>
    public void Release(ref DistinctField field)
    {
        if (field.IsSlab)
        {
            Slabs(field).Return((int)field.Value);
        }
        else if (field.IsSketch)
        {
            _freeSketches.Push((int)field.Value);
        }

        field = default;
    }

    /// <summary>Gives a field of a size class and count; the caller fills its slab.</summary>
    public DistinctField RentSlab(int sizeClass, int count) => DistinctField.Slab(_slabs[sizeClass - 1].Rent(), sizeClass, count);

    /// <summary>Gives a field with an empty sketch.</summary>
    public DistinctField RentSketch(int firstTile)
    {
        if (!_freeSketches.TryPop(out var number))
        {
            number = _sketches.Count;
            _sketches.Add(new WindowSketch());
        }

        _sketches[number].Reset(firstTile);
        return DistinctField.Sketch(number);
    }

    private static float One(bool holds) => holds ? 1 : 0;

    private Windowed<float> CountSlab(in DistinctField field, in WindowStarts starts)
    {
        var tiles = Slabs(field).LastTiles((int)field.Value)[..field.Count];
        int minute = 0, tenMinutes = 0, hour = 0, day = 0, i = 0;
        if (tiles.Length >= Vector256<int>.Count)
        {
            Vector256<int> m = default, t = default, h = default, d = default;
            for (; i <= tiles.Length - Vector256<int>.Count; i += Vector256<int>.Count)
            {
                var tile = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(tiles), (nuint)i);
                m -= Vector256.GreaterThanOrEqual(tile, Vector256.Create(starts.Minute));
                t -= Vector256.GreaterThanOrEqual(tile, Vector256.Create(starts.TenMinutes));
                h -= Vector256.GreaterThanOrEqual(tile, Vector256.Create(starts.Hour));
                d -= Vector256.GreaterThanOrEqual(tile, Vector256.Create(starts.Day));
            }

            (minute, tenMinutes, hour, day) = (Vector256.Sum(m), Vector256.Sum(t), Vector256.Sum(h), Vector256.Sum(d));
        }

        for (; i < tiles.Length; i++)
        {
            minute += tiles[i] >= starts.Minute ? 1 : 0;
            tenMinutes += tiles[i] >= starts.TenMinutes ? 1 : 0;
            hour += tiles[i] >= starts.Hour ? 1 : 0;
            day += tiles[i] >= starts.Day ? 1 : 0;
        }

        return new Windowed<float>(minute, tenMinutes, hour, day);
    }

    private void AddToSlab(ref DistinctField field, uint fingerprint, int tile, in WindowStarts starts)
    {
        var pool = Slabs(field);
        var number = (int)field.Value;
        var count = field.Count;
        var found = pool.Fingerprints(number)[..count].IndexOf((int)fingerprint);
        if (found >= 0)
        {
            ref var last = ref pool.LastTiles(number)[found];
            last = Math.Max(last, tile);
            return;
        }

        if (count == pool.Capacity)
        {
            count = DropExpired(pool, number, starts.Day);
        }

        if (count < pool.Capacity)
        {
            pool.Fingerprints(number)[count] = (int)fingerprint;
            pool.LastTiles(number)[count] = tile;
            field = DistinctField.Slab(number, field.SizeClass, count + 1);
            return;
        }

        var grown = field.SizeClass < LargestClass ? RentSlab(field.SizeClass + 1, count) : RentSketch(starts.Day);
        for (var i = 0; i < count; i++)
        {
            if (grown.IsSketch)
            {
                Sketch(grown).Add((uint)pool.Fingerprints(number)[i], pool.LastTiles(number)[i], starts);
            }
            else
            {
                Slabs(grown).Fingerprints((int)grown.Value)[i] = pool.Fingerprints(number)[i];
                Slabs(grown).LastTiles((int)grown.Value)[i] = pool.LastTiles(number)[i];
            }
        }

        pool.Return(number);
        field = grown;
        if (grown.IsSketch)
        {
            Sketch(grown).Add(fingerprint, tile, starts);
        }
        else
        {
            AddToSlab(ref field, fingerprint, tile, starts);
        }
    }

    private static int DropExpired(SlabPool pool, int number, int day)
    {
        var fingerprints = pool.Fingerprints(number);
        var tiles = pool.LastTiles(number);
        var kept = 0;
        for (var i = 0; i < tiles.Length; i++)
        {
            if (tiles[i] >= day)
            {
                fingerprints[kept] = fingerprints[i];
                tiles[kept++] = tiles[i];
            }
        }

        return kept;
    }
}
