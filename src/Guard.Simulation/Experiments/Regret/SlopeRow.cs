namespace Guard.Simulation.Experiments.Regret;

/// <summary>The slopes of several methods in one setting.</summary>
/// <param name="Setting">The setting's name.</param>
/// <param name="Cells">A cell for each method.</param>
public sealed record SlopeRow(string Setting, IReadOnlyList<SlopeCell> Cells)
{
    /// <summary>Gets the least reference slope of the row.</summary>
    public double BestReference => Cells.Min(cell => cell.Reference ?? double.PositiveInfinity);
}
