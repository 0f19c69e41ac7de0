namespace Guard.Core.Estimation.Detection;

/// <summary>Which values the stream takes, as far as it has shown: never negative (counts, sizes), or within [0, 1] with fractions (rates).</summary>
internal struct ValueSupport
{
    private bool _negative;
    private bool _aboveOne;
    private bool _fraction;

    /// <summary>Learns a value.</summary>
    public void Learn(double value)
    {
        _negative |= value < 0;
        _aboveOne |= value > 1;
        _fraction |= value is > 0 and < 1;
    }

    /// <summary>Returns a number moved to where the stream's values can lie.</summary>
    public readonly double Limit(double value)
    {
        var floored = _negative ? value : Math.Max(value, 0);
        return !_negative && !_aboveOne && _fraction ? Math.Min(floored, 1) : floored;
    }
}
