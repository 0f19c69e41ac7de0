namespace Guard.Simulation.Experiments.Thresholding;

/// <summary>Random orders.</summary>
internal static class Shuffling
{
    /// <summary>Puts items in a uniformly random order (Fisher and Yates).</summary>
    public static void Shuffle<T>(this SeededNoise noise, Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = noise.Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <inheritdoc cref="Shuffle{T}(SeededNoise, Span{T})"/>
    public static void Shuffle<T>(this SeededNoise noise, T[] items) => noise.Shuffle(items.AsSpan());
}
