namespace Guard.Core.Estimation.Detection;

/// <summary>What was expected of one value before it came.</summary>
/// <param name="Expected">The forecast, in the value's units.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end of the interval.</param>
public readonly record struct Forecast(double Expected, double Lower, double Upper);
