using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
    [SkipLocalsInit]
    public static Reasons Strongest(ReadOnlySpan<float> features, ReadOnlySpan<float> contributions, bool towardsRobot)
    {
        var greatest = default(Greatest);
        var sign = Vector256.Create(towardsRobot ? 1.0 : -1.0);
        var feature = 0;
        for (; feature <= contributions.Length - Vector128<float>.Count; feature += Vector128<float>.Count)
        {
            greatest.Insert(Vector128.Create(contributions[feature..]), feature, sign);
        }

        if (feature < contributions.Length)
        {
            Span<float> rest = stackalloc float[Vector128<float>.Count];
            rest.Clear();
            contributions[feature..].CopyTo(rest);
            greatest.Insert(Vector128.Create<float>(rest), feature, sign);
        }

        var reasons = default(Reasons);
        var (first, second, third) = greatest.Features();
        reasons.Append(first, features, contributions, sign[0]);
        reasons.Append(second, features, contributions, sign[0]);
        reasons.Append(third, features, contributions, sign[0]);
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

    // What pushes nowhere, or the other way, is among the greatest where there is too little else.
    private void Append(int feature, ReadOnlySpan<float> features, ReadOnlySpan<float> contributions, double sign)
    {
        if (feature < contributions.Length && contributions[feature] * sign > 0)
        {
            _items[Count++] = new Reason(feature, features[feature], contributions[feature]);
        }
    }

    [InlineArray(Capacity)]
    private struct Items
    {
        private Reason _first;
    }

    /// <summary>The three greatest pushes of each of four lanes, found without branches, which no processor could foresee here.</summary>
    /// <remarks>
    /// A push and, in the bits that a float leaves of a double, its feature counted backwards make one number: the greater of
    /// two is the stronger push, or the earlier of two equal ones.
    /// </remarks>
    private struct Greatest
    {
        private const ulong FeatureBits = (1 << 29) - 1;

        private Vector256<double> _first;
        private Vector256<double> _second;
        private Vector256<double> _third;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Insert(Vector128<float> contributions, int feature, Vector256<double> sign)
        {
            var (low, high) = (Vector128.WidenLower(contributions), Vector128.WidenUpper(contributions));
            var pushes = Vector256.Create(low, high) * sign;
            var backwards = Vector256.Create(FeatureBits - (uint)feature) - Vector256.Create(0UL, 1, 2, 3);
            Insert((pushes.AsUInt64() | backwards).AsDouble());
        }

        /// <summary>The features of the three greatest of all lanes.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public (int First, int Second, int Third) Features()
        {
            Merge(Vector256.Create(2L, 3, 0, 1));
            Merge(Vector256.Create(1L, 0, 3, 2));
            return (Feature(_first), Feature(_second), Feature(_third));
        }

        private static int Feature(Vector256<double> push) => (int)(FeatureBits - (push.AsUInt64().ToScalar() & FeatureBits));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Merge(Vector256<long> lanes)
        {
            var (first, second, third) = (Vector256.Shuffle(_first, lanes), Vector256.Shuffle(_second, lanes), Vector256.Shuffle(_third, lanes));
            Insert(first);
            Insert(second);
            Insert(third);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Insert(Vector256<double> push)
        {
            (_first, push) = (Vector256.MaxNative(push, _first), Vector256.MinNative(_first, push));
            (_second, push) = (Vector256.MaxNative(push, _second), Vector256.MinNative(_second, push));
            _third = Vector256.MaxNative(push, _third);
        }
    }
}
