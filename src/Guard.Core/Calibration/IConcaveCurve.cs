namespace Guard.Core.Calibration;

/// <summary>A concave function of the FPR: what the slice programme needs to know of a slice's IVR. Implementations are immutable.</summary>
public interface IConcaveCurve
{
    /// <summary>Gets the function's value.</summary>
    double Value(double x);

    /// <summary>Gets the least x in [<paramref name="lower"/>, <paramref name="upper"/>] that maximises f(x) − price·x. It never rises with the price.</summary>
    /// <param name="price">At least 0; may be infinite.</param>
    /// <param name="lower">The lower bound.</param>
    /// <param name="upper">The upper bound, at least <paramref name="lower"/>.</param>
    double ArgMaxLagrangian(double price, double lower, double upper);
}
