using System.Numerics;

namespace Guard.Core.Estimation;

/// <summary>Which split points a detector keeps: all, or a grid that thins out geometrically with the split's age.</summary>
public readonly record struct SplitGrid
{
    private SplitGrid(int density)
    {
        Density = density;
    }

    /// <summary>Gets every split: exact, O(t) splits at time t.</summary>
    public static SplitGrid Exact => default;

    /// <summary>Gets how many splits are kept for each doubling of age; 0 keeps all.</summary>
    public int Density { get; }

    /// <summary>
    /// A grid with gaps of at most age/density between splits: about density·log2(t) splits at time t. The published proof
    /// covers every split; firing on some of them only can but lower the false alarms.
    /// </summary>
    /// <param name="density">How many splits to keep for each doubling of age, from 1 to 1024.</param>
    public static SplitGrid Geometric(int density = 8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(density, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(density, 1024);
        return new SplitGrid(density);
    }

    /// <summary>Returns whether a split is kept. A split once dropped is not kept at any greater age.</summary>
    /// <param name="split">The split's number since the restart, from 1.</param>
    /// <param name="age">How many samples came after it.</param>
    public bool Keeps(long split, long age)
    {
        if (Density == 0 || age < 2L * Density)
        {
            return true;
        }

        var gap = 1L << BitOperations.Log2((ulong)(age / Density));
        return (split & (gap - 1)) == 0;
    }
}
