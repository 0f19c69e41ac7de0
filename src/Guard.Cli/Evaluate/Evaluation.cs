using Guard.Cli.Replay;
using Guard.Core.Training;

namespace Guard.Cli.Evaluate;

/// <summary>What an evaluation found: contenders trained on the first span, calibrated on the second and measured on the last.</summary>
/// <param name="Training">How the models were trained.</param>
/// <param name="Contenders">The models, Guard's network first.</param>
/// <param name="Test">The span on which all figures were measured.</param>
/// <param name="CalibratedFrom">When the calibration span begins, in Unix milliseconds.</param>
/// <param name="TestedFrom">When the test span begins, in Unix milliseconds.</param>
/// <param name="Truth">The simulator's truth, where it is known.</param>
public sealed record Evaluation(
    TrainingRunResult Training, IReadOnlyList<Contender> Contenders, TrafficSpan Test, long CalibratedFrom, long TestedFrom, TruthIndex? Truth)
{
    /// <summary>Gets the network, whose thresholds decide.</summary>
    public Contender Network => Contenders[0];

    /// <summary>Gets the decisions of a replay of the whole stream, where there was one.</summary>
    public DecisionTally? Replay { get; init; }
}
