namespace Guard.Core.Calibration;

/// <summary>The sample or the options admit no thresholds; the message says in one line what is wrong and what would mend it.</summary>
public sealed class CalibrationException : Exception
{
    /// <summary>Initialises the exception.</summary>
    public CalibrationException(string message)
        : base(message)
    {
    }
}
