using Guard.Core.Calibration;
using Guard.Core.Training;

namespace Guard.Cli.Evaluate;

/// <summary>How a backtest trains, calibrates and measures.</summary>
internal sealed record BacktestOptions
{
    public TrafficSplit Split { get; init; } = TrafficSplit.Default;

    public TrainingRunOptions Training { get; init; } = new() { VelocityFeatures = ["user.rate.10m", "ip.clicks.10m"] };

    public CalibrationOptions Calibration { get; init; } = new();
}
