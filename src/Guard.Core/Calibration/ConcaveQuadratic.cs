namespace Guard.Core.Calibration;

/// <summary>The concave quadratic a x² + b x + c.</summary>
public sealed class ConcaveQuadratic : IConcaveCurve
{
    private readonly double _a;
    private readonly double _b;
    private readonly double _c;

    /// <summary>Initialises the quadratic.</summary>
    /// <exception cref="ArgumentException">A coefficient is not finite, or <paramref name="a"/> is not negative.</exception>
    public ConcaveQuadratic(double a, double b, double c)
    {
        if (!(a < 0 && double.IsFinite(a) && double.IsFinite(b) && double.IsFinite(c)))
        {
            throw new ArgumentException($"{a} x² + {b} x + {c} is not a concave quadratic: a must be negative and all finite.", nameof(a));
        }

        (_a, _b, _c) = (a, b, c);
    }

    /// <summary>Gets where the quadratic is greatest, −b / 2a.</summary>
    public double Vertex => _b / (-2 * _a);

    /// <inheritdoc/>
    public double Value(double x) => (_a * x + _b) * x + _c;

    /// <inheritdoc/>
    public double ArgMaxLagrangian(double price, double lower, double upper) => Math.Clamp((price - _b) / (2 * _a), lower, upper);
}
