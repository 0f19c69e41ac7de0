namespace Guard.Simulation;

/// <summary>What a run changes of its scenario.</summary>
/// <param name="Seed">The seed; null for the scenario's.</param>
/// <param name="Days">How many days, from 1 to 3,660; null for the scenario's.</param>
/// <param name="MaxClicks">The stream ends with this many clicks at the latest, from 1; null for no limit.</param>
public sealed record SimulatorOptions(ulong? Seed = null, int? Days = null, long? MaxClicks = null);
