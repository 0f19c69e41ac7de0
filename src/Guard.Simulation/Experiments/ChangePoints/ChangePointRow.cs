namespace Guard.Simulation.Experiments.ChangePoints;

/// <summary>What one method reached in one setting.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Regret">Σ_t |detections − true changes| over a stream: the median over runs.</param>
/// <param name="Delay">The samples from a change to the next detection within its segment, over all changes found; null where none was.</param>
/// <param name="Missed">The share of changes without a detection in their segment.</param>
/// <param name="Located">The share of detected changes whose true place lies between the reported least and greatest; null where none was detected.</param>
/// <param name="FalseAlarms">Detections for each stream of the same length without change, or null where not run.</param>
/// <param name="FalseAlarmsHigh">The upper end of their exact one-sided 95 % Poisson bound, or null.</param>
public sealed record ChangePointRow(
    ChangePointSetting Setting,
    string Method,
    MedianInterval Regret,
    double? Delay,
    double Missed,
    double? Located,
    double? FalseAlarms,
    double? FalseAlarmsHigh);
