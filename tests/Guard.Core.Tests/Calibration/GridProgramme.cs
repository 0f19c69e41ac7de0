using Guard.Core.Calibration;

namespace Guard.Core.Tests.Calibration;

/// <summary>
/// A generic solver that knows neither concavity nor prices: dynamic programming over a budget cut into equal cells. Costs
/// are rounded up, so its value is attainable; the true optimum is above it by no more than one cell per slice buys.
/// </summary>
internal static class GridProgramme
{
    private const int Cells = 500;

    public static (double Value, double Error) Solve(ReadOnlySpan<ProgrammeSlice> slices, double budget)
    {
        var spare = budget;
        foreach (var slice in slices)
        {
            spare -= slice.PurchasingShare * slice.Lower;
        }

        var (cell, error) = (Math.Max(spare, 0) / Cells, 2e-8);
        var best = new double[Cells + 1];
        foreach (var slice in slices)
        {
            // What the slice gains from each number of cells: the best of its range, found by trying.
            var gain = new double[Cells + 1];
            gain.AsSpan().Fill(slice.PurchasingShare == 0 ? BestOfAll(slice) : 0);
            for (var k = 0; k <= Cells && slice.PurchasingShare > 0; k++)
            {
                var reach = Math.Min(slice.Upper, slice.Lower + k * cell / slice.PurchasingShare);
                gain[k] = Math.Max(k == 0 ? double.MinValue : gain[k - 1], slice.ClickShare * slice.Curve.Value(reach));
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

    private static double BestOfAll(ProgrammeSlice slice)
    {
        var best = double.MinValue;
        for (var step = 0; step <= 10_000; step++)
        {
            best = Math.Max(best, slice.Curve.Value(slice.Lower + (slice.Upper - slice.Lower) * step / 10_000));
        }

        return slice.ClickShare * best;
    }
}
