namespace Guard.Simulation.Experiments.Regret;

/// <summary>One method's slope in one setting.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Slope">The slope.</param>
/// <param name="MeanError">The mean of ‖θ_t − θ*_t‖ at the greatest T.</param>
/// <param name="Reference">The slope measured independently before, where there is one.</param>
public sealed record SlopeCell(string Method, Slope Slope, double MeanError, double? Reference);
