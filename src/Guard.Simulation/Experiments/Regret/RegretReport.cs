namespace Guard.Simulation.Experiments.Regret;

/// <summary>What the regret experiment found.</summary>
/// <param name="Runs">How many streams were averaged.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Horizons">The values of T of the slopes.</param>
/// <param name="Slopes">The table of slopes: drift; drift and corruption; the same with λ = 2√T.</param>
/// <param name="Skewed">Slopes on skewed noise, where a constant λ fails.</param>
/// <param name="Corruption">Mean errors at the greatest T under drift and corruption, by clip level.</param>
/// <param name="Oracles">The stationary error, the cost of drift and the cost of corruption beside their formulas.</param>
public sealed record RegretReport(
    int Runs,
    ulong Seed,
    IReadOnlyList<int> Horizons,
    IReadOnlyList<SlopeRow> Slopes,
    SlopeRow Skewed,
    IReadOnlyList<MeasuredRow> Corruption,
    IReadOnlyList<MeasuredRow> Oracles);
