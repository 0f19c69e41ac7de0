namespace Guard.Core.Estimation.Fitness;

/// <summary>Points stored one after the other.</summary>
internal static class Rows
{
    /// <summary>Number of whole points, at least 1.</summary>
    public static int Count(ReadOnlySpan<double> rows, int dimension) =>
        rows.Length >= dimension && rows.Length % dimension == 0
            ? rows.Length / dimension
            : throw new ArgumentException($"{rows.Length} numbers are not one or more points of {dimension}.", nameof(rows));
}
