using Guard.Simulation.Experiments.Thresholding;

namespace Guard.Simulation.Experiments.Fitness;

/// <summary>How one detector ranked the anomalies of one set in one mode.</summary>
/// <param name="Set">The set.</param>
/// <param name="Detector">The offline detector.</param>
/// <param name="Mode">How it was put online.</param>
/// <param name="AveragePrecision">Average precision, over runs.</param>
/// <param name="RocArea">Area under the ROC curve, over runs.</param>
public sealed record FitnessResult(string Set, string Detector, string Mode, Estimate AveragePrecision, Estimate RocArea);
