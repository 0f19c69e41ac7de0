namespace Guard.Core.Estimation.Detection;

/// <summary>
/// A few prototypes of how the stream has behaved, and how far a new moment lies from the nearest of them.
/// </summary>
/// <remarks>
/// The doubling idea of incremental k-centre clustering (Charikar, Chekuri, Feder and Motwani, 1997): a moment farther than the radius from every
/// prototype becomes one; when there is no room, the two nearest prototypes merge and their distance is the new radius. Novelty as the distance
/// to a memory of prototypes is the idea of adaptive resonance (Carpenter and Grossberg); the features are Guard's.
/// </remarks>
internal struct PatternMemory
{
    public const int Capacity = 12;

    private float _radiusSquared;
    private int _count;

    /// <summary>Returns the distance from a moment to the nearest prototype, then learns it; 0 for the first.</summary>
    /// <param name="moment">The features.</param>
    /// <param name="centres">The prototypes, <see cref="Capacity"/> times as long as the moment.</param>
    public double Novelty(ReadOnlySpan<float> moment, Span<float> centres)
    {
        var size = moment.Length;
        var nearest = float.MaxValue;
        for (var i = 0; i < _count; i++)
        {
            nearest = Math.Min(nearest, Squared(moment, centres.Slice(i * size, size)));
        }

        if (_count == 0)
        {
            moment.CopyTo(centres);
            _count = 1;
            return 0;
        }

        if (nearest > _radiusSquared)
        {
            Place(moment, centres, nearest);
        }

        return Math.Sqrt(nearest);
    }

    private static float Squared(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0f;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = a[i] - b[i];
            sum += difference * difference;
        }

        return sum;
    }

    /// <summary>Gives the moment a place of its own, which two near prototypes leave to it when none is free.</summary>
    private void Place(ReadOnlySpan<float> moment, Span<float> centres, float nearest)
    {
        var size = moment.Length;
        if (_count < Capacity)
        {
            moment.CopyTo(centres[(_count++ * size)..]);
            return;
        }

        var (least, leaving) = (nearest, -1);
        for (var i = 0; i < Capacity; i++)
        {
            for (var j = i + 1; j < Capacity; j++)
            {
                var squared = Squared(centres.Slice(i * size, size), centres.Slice(j * size, size));
                if (squared < least)
                {
                    (least, leaving) = (squared, j);
                }
            }
        }

        _radiusSquared = Math.Max(_radiusSquared, least);
        if (leaving >= 0)
        {
            moment.CopyTo(centres[(leaving * size)..]);
        }
    }
}
