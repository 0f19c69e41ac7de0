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
            return Slabs(field).Count((int)field.Value, field.Count, starts);
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

    private void AddToSlab(ref DistinctField field, uint fingerprint, int tile, in WindowStarts starts)
    {
        var count = field.Count;
        if (Slabs(field).TryAdd((int)field.Value, ref count, fingerprint, tile, starts.Day))
        {
            field = DistinctField.Slab((int)field.Value, field.SizeClass, count);
            return;
        }

        Grow(ref field, count, starts);
        if (field.IsSketch)
        {
            Sketch(field).Add(fingerprint, tile, starts);
        }
        else
        {
            AddToSlab(ref field, fingerprint, tile, starts);
        }
    }

    private void Grow(ref DistinctField field, int count, in WindowStarts starts)
    {
        var full = field;
        var fingerprints = Slabs(full).Fingerprints((int)full.Value)[..count];
        var tiles = Slabs(full).LastTiles((int)full.Value)[..count];
        if (full.SizeClass < LargestClass)
        {
            field = RentSlab(full.SizeClass + 1, count);
            fingerprints.CopyTo(Slabs(field).Fingerprints((int)field.Value));
            tiles.CopyTo(Slabs(field).LastTiles((int)field.Value));
        }
        else
        {
            field = RentSketch(starts.Day);
            for (var i = 0; i < count; i++)
            {
                Sketch(field).Add((uint)fingerprints[i], tiles[i], starts);
            }
        }

        Slabs(full).Return((int)full.Value);
    }
}
