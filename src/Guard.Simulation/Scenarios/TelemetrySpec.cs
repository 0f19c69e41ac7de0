namespace Guard.Simulation.Scenarios;

/// <summary>A stream of telemetry with a daily rhythm, planted anomalies and at most one lasting change of level.</summary>
/// <param name="Stream">The stream's name, unique, 1 to 64 characters of a–z, 0–9, dot and hyphen.</param>
/// <param name="Level">The mean of the values, above 0 and at most 1e9.</param>
/// <param name="EveryMinutes">The time between two readings, from 1 to 1,440 minutes.</param>
/// <param name="Dimensions">How many values a reading has, from 1 to 64.</param>
/// <param name="DailyAmplitude">How far the daily rhythm swings, as a share of the level, from 0 to 1.</param>
/// <param name="Noise">The standard deviation of the noise, as a share of the level, from 0 to 1.</param>
/// <param name="Anomalies">How many anomalies are planted, from 0 to 1,000.</param>
/// <param name="LevelShiftDay">The day on which the level changes for good; null for no change.</param>
/// <param name="LevelShift">The change, as a share of the level, from −0.9 to 10.</param>
public sealed record TelemetrySpec(
    string Stream,
    double Level,
    int EveryMinutes = 5,
    int Dimensions = 1,
    double DailyAmplitude = 0.3,
    double Noise = 0.05,
    int Anomalies = 4,
    int? LevelShiftDay = null,
    double LevelShift = 0.4);
