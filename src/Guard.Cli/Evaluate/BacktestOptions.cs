using Guard.Core.Calibration;
using Guard.Core.Training;

namespace Guard.Cli.Evaluate;

/// <summary>How a backtest trains, calibrates and measures.</summary>
internal sealed record BacktestOptions
{
    public TrafficSplit Split { get; init; } = TrafficSplit.Default;

    public WeakLabelOptions Labels { get; init; } = new();

    public NetworkTrainerOptions Trainer { get; init; } = new();

    public CalibrationOptions Calibration { get; init; } = new();
}
