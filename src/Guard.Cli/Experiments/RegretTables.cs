using Guard.Simulation.Experiments.Regret;
using Spectre.Console;

namespace Guard.Cli.Experiments;

/// <summary>The regret experiment's tables.</summary>
internal static class RegretTables
{
    /// <summary>Gets a table with a row for each method of a setting.</summary>
    public static Table Slopes(SlopeRow row)
    {
        var table = Cells.Table($"Slope: {row.Setting}", 1, "Method", "Slope", "Reference", "Mean error at greatest T");
        foreach (var cell in row.Cells)
        {
            table.Add(cell.Method, Cells.WithError(cell.Slope.Value, cell.Slope.StandardError, "0.000"), Cells.Number(cell.Reference, "0.00"), Cells.Number(cell.MeanError, "0.0000"));
        }

        return table;
    }

    /// <summary>Gets a table of measured numbers beside their references.</summary>
    public static Table Measured(string title, IReadOnlyList<MeasuredRow> rows)
    {
        var table = Cells.Table(title, 1, "What", "Measured", "Reference", "Ratio");
        foreach (var row in rows)
        {
            table.Add(row.Name, Cells.WithError(row.Measured, row.StandardError, "#,0.####"), Cells.Number(row.Reference, "#,0.####"), Cells.Number(row.Measured / row.Reference, "0.00"));
        }

        return table;
    }
}
