using Guard.Core.Calibration;

namespace Guard.Core.Tests.Calibration;

/// <summary>
/// A generic solver that knows neither concavity nor prices: dynamic programming over a budget cut into equal cells. Costs
/// are rounded up, so its value is attainable; the true optimum is above it by no more than one cell per slice buys.
/// </summary>
internal static class GridProgramme
{
    private const int Cells = 500;

    /// <summary>A quadratic with |a| ≤ 20.5 loses at most 20.5 · (Step / 2)² where its top lies between two trials.</summary>
    private const double Step = 1e-4;

    public static (double Value, double Error) Solve(ReadOnlySpan<ProgrammeSlice> slices, double budget)
    {
        var spare = budget;
        foreach (var slice in slices)
        {
            spare -= slice.PurchasingShare * slice.Lower;
        }

        var (cell, error) = (Math.Max(spare, 0) / Cells, 20.5 * Step * Step / 4 + 1e-9);
        var best = new double[Cells + 1];
        foreach (var slice in slices)
        {
            // What the slice gains from each number of cells: the best of its range, found by trying.
            var gain = new double[Cells + 1];
            var reached = slice.Lower;
            for (var k = 0; k <= Cells; k++)
            {
                gain[k] = k == 0 ? slice.ClickShare * slice.Curve.Value(reached) : gain[k - 1];
                var reach = slice.PurchasingShare == 0 ? slice.Upper : Math.Min(slice.Upper, slice.Lower + k * cell / slice.PurchasingShare);
                for (; reached < reach; reached = Math.Min(reach, reached + Step))
                {
                    gain[k] = Math.Max(gain[k], slice.ClickShare * slice.Curve.Value(reached));
                }

                gain[k] = Math.Max(gain[k], slice.ClickShare * slice.Curve.Value(reach));
            }

            var steepest = 0.0;
            for (var k = 1; k <= Cells; k++)
            {
                steepest = Math.Max(steepest, gain[k] - gain[k - 1]);
            }

            error += steepest;
            var next = new double[Cells + 1];
            for (var k = 0; k <= Cells; k++)
            {
                next[k] = double.MinValue;
                for (var j = 0; j <= k; j++)
                {
                    next[k] = Math.Max(next[k], best[k - j] + gain[j]);
                }
            }

            best = next;
        }

        return (best[Cells], error);
    }
}
