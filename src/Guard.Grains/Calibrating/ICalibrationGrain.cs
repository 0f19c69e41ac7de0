namespace Guard.Grains.Calibrating;

/// <summary>Calibrates the thresholds of one set at intervals. Its key is the set's name.</summary>
[Alias("guard.ICalibrationGrain")]
public interface ICalibrationGrain : IGrainWithStringKey
{
    /// <summary>Registers the reminder that starts each interval's work; called again it changes nothing.</summary>
    [Alias("Schedule")]
    Task ScheduleAsync();

    /// <summary>Does the work of the interval that is due, where it is not done, and waits for it.</summary>
    [Alias("Calibrate")]
    Task<CalibrationOutcome> CalibrateAsync();

    /// <summary>Gets the outcome of the newest interval that is done; <see langword="null"/> before the first.</summary>
    [Alias("Newest")]
    Task<CalibrationOutcome?> NewestAsync();
}
