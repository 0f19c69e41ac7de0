namespace Guard.Simulation;

/// <summary>How far a run has come.</summary>
/// <param name="Fraction">The share of the run that is done, from 0 to 1.</param>
/// <param name="Events">The events written so far.</param>
/// <param name="Clicks">The clicks among them, each counted once.</param>
public readonly record struct SimulationProgress(double Fraction, long Events, long Clicks);
