namespace Guard.Core.Estimation.Detection;

/// <summary>How far above and below the forecast the interval reaches, in usual errors.</summary>
/// <remarks>
/// Each width is the quantile of the errors on its side, followed by SGD on the pinball loss in the logarithm of the width: the gradient is bounded
/// by construction, so an outlier widens the interval by one small step.
/// </remarks>
internal struct IntervalWidth
{
    private const float Start = 3;
    private const double Rate = 0.1;

    private float _above;
    private float _below;

    /// <summary>Starts at a usual width.</summary>
    public void Clear() => (_above, _below) = (Start, Start);

    /// <summary>Returns the forecast with its interval, within the values that the stream can take.</summary>
    public readonly Forecast Around(double expected, double unit, ValueSupport support) =>
        new(support.Limit(expected), support.Limit(expected - (_below * unit)), support.Limit(expected + (_above * unit)));

    /// <summary>Learns whether a value fell within the interval.</summary>
    public void Learn(double value, Forecast forecast, double miss)
    {
        _above = Follow(_above, value > forecast.Upper, miss);
        _below = Follow(_below, value < forecast.Lower, miss);
    }

    private static float Follow(float width, bool missed, double miss) =>
        (float)Math.Clamp(width * (1 + (Rate * (missed ? 1 - miss : -miss))), 1e-3, 1e6);
}
