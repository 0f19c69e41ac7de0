using System.Runtime.CompilerServices;

namespace Guard.Core.Scoring;

/// <summary>The strongest reasons of a decision, strongest first.</summary>
public struct Reasons : IEquatable<Reasons>
{
    /// <summary>The most reasons that a decision carries.</summary>
    public const int Capacity = 3;

    private Items _items;

    /// <summary>Gets how many there are.</summary>
    public int Count { readonly get; private set; }

    /// <summary>Gets a reason.</summary>
    public readonly Reason this[int index] => index < Count ? _items[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Picks the features whose contributions push most in one direction; equal ones in the schema's order.</summary>
    /// <param name="features">One row of features.</param>
    /// <param name="contributions">Their contributions, in log-odds.</param>
    /// <param name="towardsRobot">Whether positive contributions count, or negative ones.</param>
    public static Reasons Strongest(ReadOnlySpan<float> features, ReadOnlySpan<float> contributions, bool towardsRobot)
    {
        var reasons = default(Reasons);
        var sign = towardsRobot ? 1f : -1f;
        for (var feature = 0; feature < contributions.Length; feature++)
        {
            if (contributions[feature] * sign > 0)
            {
                reasons.Insert(new Reason(feature, features[feature], contributions[feature]));
            }
        }

        return reasons;
    }

    /// <inheritdoc/>
    public readonly bool Equals(Reasons other)
    {
        ReadOnlySpan<Reason> mine = _items;
        ReadOnlySpan<Reason> others = other._items;
        return Count == other.Count && mine[..Count].SequenceEqual(others[..Count]);
    }

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Reasons other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => Count == 0 ? 0 : HashCode.Combine(Count, _items[0]);

    /// <summary>Compares by value.</summary>
    public static bool operator ==(Reasons left, Reasons right) => left.Equals(right);

    /// <summary>Compares by value.</summary>
    public static bool operator !=(Reasons left, Reasons right) => !left.Equals(right);

    private void Insert(Reason reason)
    {
        var place = Count;
        while (place > 0 && MathF.Abs(_items[place - 1].Contribution) < MathF.Abs(reason.Contribution))
        {
            place--;
        }

        if (place == Capacity)
        {
            return;
        }

        Count = Math.Min(Count + 1, Capacity);
        for (var index = Count - 1; index > place; index--)
        {
            _items[index] = _items[index - 1];
        }

        _items[place] = reason;
    }

    [InlineArray(Capacity)]
    private struct Items
    {
        private Reason _first;
    }
}
