namespace Guard.Core.Training;

/// <summary>An estimated figure and its standard error.</summary>
/// <param name="Value">The figure; NaN where the sample does not define it.</param>
/// <param name="StandardError">The standard error; NaN where the sample does not define it.</param>
public readonly record struct Estimate(double Value, double StandardError)
{
    private const double Z95 = 1.959963984540054;

    /// <summary>Gets the lower end of the normal 95 % interval.</summary>
    public double Lower => Value - Z95 * StandardError;

    /// <summary>Gets the upper end of the normal 95 % interval.</summary>
    public double Upper => Value + Z95 * StandardError;
}
