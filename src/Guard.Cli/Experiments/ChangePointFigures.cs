using Guard.Simulation.Experiments.ChangePoints;

namespace Guard.Cli.Experiments;

/// <summary>A row of the change-point experiment as JSON.</summary>
internal sealed record ChangePointFigures(
    string Setting,
    string Method,
    double Regret,
    double RegretLow,
    double RegretHigh,
    double Published,
    double ImprovedGlr,
    double? BayesianOnline,
    double? Delay,
    double Missed,
    double? Located,
    double? FalseAlarms,
    double? FalseAlarmsHigh)
{
    public static ChangePointFigures Of(ChangePointRow row) => new(
        row.Setting.Name,
        row.Method,
        row.Regret.Median,
        row.Regret.Low,
        row.Regret.High,
        row.Setting.Published,
        row.Setting.ImprovedGlr,
        row.Setting.BayesianOnline,
        row.Delay,
        row.Missed,
        row.Located,
        row.FalseAlarms,
        row.FalseAlarmsHigh);
}
