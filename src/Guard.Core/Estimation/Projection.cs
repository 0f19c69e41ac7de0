using System.Numerics.Tensors;

namespace Guard.Core.Estimation;

/// <summary>The projection Π_Θ that keeps an estimator's parameters within a set.</summary>
public abstract record Projection
{
    /// <summary>The ball of a radius around 0: parameters outside are shortened onto it.</summary>
    /// <param name="radius">The radius, above 0.</param>
    public static Projection Ball(double radius)
    {
        Guards.FinitePositive(radius);
        return new BallProjection(radius);
    }

    /// <summary>The box [lower, upper] in every coordinate.</summary>
    /// <param name="lower">The least value, finite.</param>
    /// <param name="upper">The greatest value, finite, not below <paramref name="lower"/>.</param>
    public static Projection Box(double lower, double upper)
    {
        if (!double.IsFinite(lower) || !double.IsFinite(upper) || lower > upper)
        {
            throw new ArgumentException($"The box [{lower}, {upper}] is empty or unbounded; give finite bounds in order.", nameof(lower));
        }

        return new BoxProjection(lower, upper);
    }

    /// <summary>Moves the parameters to the nearest point of the set.</summary>
    /// <param name="parameters">The parameters, changed in place.</param>
    public abstract void Apply(Span<double> parameters);

    private sealed record BallProjection(double Radius) : Projection
    {
        public override void Apply(Span<double> parameters)
        {
            var norm = TensorPrimitives.Norm<double>(parameters);
            if (norm > Radius)
            {
                TensorPrimitives.Multiply(parameters, Radius / norm, parameters);
            }
        }
    }

    private sealed record BoxProjection(double Lower, double Upper) : Projection
    {
        public override void Apply(Span<double> parameters) => TensorPrimitives.Clamp(parameters, Lower, Upper, parameters);
    }
}
