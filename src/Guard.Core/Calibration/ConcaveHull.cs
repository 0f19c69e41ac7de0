namespace Guard.Core.Calibration;

/// <summary>The least concave function above a set of points: piecewise linear, with slopes that fall from left to right.</summary>
public sealed class ConcaveHull : IConcaveCurve
{
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly double[] _slopes;

    private ConcaveHull(double[] x, double[] y)
    {
        (_x, _y) = (x, y);
        _slopes = new double[x.Length - 1];
        for (var i = 0; i < _slopes.Length; i++)
        {
            _slopes[i] = (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
        }
    }

    /// <summary>Gets the hull's corners by rising x.</summary>
    public ReadOnlySpan<double> X => _x;

    /// <summary>Gets the value at each corner.</summary>
    public ReadOnlySpan<double> Y => _y;

    /// <summary>Builds the hull of points by Andrew's monotone chain.</summary>
    /// <param name="x">Strictly rising; not empty.</param>
    /// <param name="y">One finite value a point.</param>
    /// <exception cref="ArgumentException">The points do not meet that.</exception>
    public static ConcaveHull Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.IsEmpty || x.Length != y.Length)
        {
            throw new ArgumentException($"{x.Length} abscissas and {y.Length} values: give one of each a point, and at least one.", nameof(x));
        }

        var corners = new List<int>();
        for (var i = 0; i < x.Length; i++)
        {
            if (!double.IsFinite(x[i]) || !double.IsFinite(y[i]) || (i > 0 && !(x[i] > x[i - 1])))
            {
                throw new ArgumentException($"Point {i} ({x[i]}, {y[i]}) is not finite or does not lie right of the one before.", nameof(x));
            }

            while (corners.Count > 1 && !RightTurn(x, y, corners[^2], corners[^1], i))
            {
                corners.RemoveAt(corners.Count - 1);
            }

            corners.Add(i);
        }

        var (hullX, hullY) = (new double[corners.Count], new double[corners.Count]);
        for (var i = 0; i < corners.Count; i++)
        {
            (hullX[i], hullY[i]) = (x[corners[i]], y[corners[i]]);
        }

        return new ConcaveHull(hullX, hullY);
    }

    /// <summary>Gets the function's value; beyond the first and last corner it is theirs.</summary>
    public double Value(double x)
    {
        var right = Array.BinarySearch(_x, x);
        if (right >= 0)
        {
            return _y[right];
        }

        right = ~right;
        return right == 0 ? _y[0] : right == _x.Length ? _y[^1] : _y[right - 1] + _slopes[right - 1] * (x - _x[right - 1]);
    }

    /// <inheritdoc/>
    public double ArgMaxLagrangian(double price, double lower, double upper)
    {
        // The first segment that climbs no steeper than the price begins at the least maximiser.
        var (low, high) = (0, _slopes.Length);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            (low, high) = _slopes[middle] > price ? (middle + 1, high) : (low, middle);
        }

        return Math.Clamp(_x[low], lower, upper);
    }

    private static bool RightTurn(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int first, int second, int third) =>
        (x[second] - x[first]) * (y[third] - y[first]) < (y[second] - y[first]) * (x[third] - x[first]);
}
