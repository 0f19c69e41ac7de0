namespace Guard.Simulation.Scenarios;

/// <summary>How untidy the stream is. Noise falls on humans and robots alike.</summary>
/// <param name="Duplicates">The share of the clicks and purchases that are sent once more, from 0 to 0.5.</param>
/// <param name="Late">The share of the clicks that arrive seconds to hours after their time, from 0 to 0.5.</param>
/// <param name="Malformed">How many malformed lines come per click, from 0 to 0.5; they stand beside the clicks, not in their place.</param>
public sealed record NoiseShares(double Duplicates = 0, double Late = 0, double Malformed = 0);
