namespace Guard.Cli.Detect;

/// <summary>A row of a series' file.</summary>
/// <param name="Stamp">The time as it is written.</param>
/// <param name="Time">The time in Unix milliseconds.</param>
/// <param name="Values">One value a column; NaN where the cell is empty.</param>
public readonly record struct SeriesRow(string Stamp, long Time, double[] Values);
