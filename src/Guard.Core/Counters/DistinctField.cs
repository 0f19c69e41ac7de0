namespace Guard.Core.Counters;

/// <summary>
/// The distinct values of one kind, in eight bytes: nothing, one value in place, a slab of up to 128 values, or a sketch.
/// Most addresses have one user, and so need no more than this.
/// </summary>
internal struct DistinctField
{
    /// <summary>The fingerprint of the one value, or the number of the slab or sketch.</summary>
    public uint Value;

    /// <summary>0: empty; positive: one value, last seen in the tile before this number; else <see cref="OutOfPlace"/> and what follows.</summary>
    private int _state;

    private const int OutOfPlace = int.MinValue;

    public readonly bool IsEmpty => _state == 0;

    public readonly bool IsSingle => _state > 0;

    public readonly bool IsSketch => _state == OutOfPlace;

    public readonly bool IsSlab => _state < 0 && _state != OutOfPlace;

    /// <summary>The tile of the one value.</summary>
    public readonly int Tile => _state - 1;

    /// <summary>The base-two logarithm of the slab's capacity, 1 to 7.</summary>
    public readonly int SizeClass => (_state >> 8) & 0x7;

    /// <summary>The number of values in the slab, expired ones included.</summary>
    public readonly int Count => _state & 0xFF;

    public static DistinctField Single(uint fingerprint, int tile) => new() { Value = fingerprint, _state = tile + 1 };

    public static DistinctField Slab(int number, int sizeClass, int count) =>
        new() { Value = (uint)number, _state = OutOfPlace | (sizeClass << 8) | count };

    public static DistinctField Sketch(int number) => new() { Value = (uint)number, _state = OutOfPlace };
}
