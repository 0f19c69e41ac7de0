namespace Guard.Core.Calibration;

/// <summary>A thresholds document cannot be used; the message names the place and the mend in one line.</summary>
public sealed class ThresholdFormatException : Exception
{
    /// <summary>Initialises the exception.</summary>
    public ThresholdFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Initialises the exception.</summary>
    public ThresholdFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
