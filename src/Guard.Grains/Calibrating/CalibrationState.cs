namespace Guard.Grains.Calibrating;

/// <summary>What a calibration grain remembers.</summary>
[GenerateSerializer]
[Alias("guard.calibration-state")]
public sealed class CalibrationState
{
    /// <summary>Gets or sets the outcome of the newest interval that is done.</summary>
    [Id(0)]
    public CalibrationOutcome? Newest { get; set; }
}
