using Guard.Core.Clicks;

namespace Guard.Core.Calibration;

/// <summary>Thresholds per slice: the programme's solution, rounded to thresholds that exist without breaking the budget.</summary>
/// <remarks>
/// Each slice takes the lowest threshold whose FPR is at most the programme's. What rounding down leaves of the budget goes, one
/// purchasing click each, to the slices with the largest remainders (Hamilton's apportionment), ties in slice order: not to
/// the slice that would gain most, which would favour chance. Clicks of thin slices come under a curve that is estimated from
/// more clicks than they are, so their false positives may exceed their share: then the programme is solved again with a
/// budget less by the excess, until the promise holds.
/// </remarks>
internal static class SliceMethod
{
    /// <summary>Sets the threshold of every estimated slice.</summary>
    /// <returns>One threshold a slice code (those of other slices are left at zero), and the price λ.</returns>
    /// <exception cref="CalibrationException">The coverage floors need more than the budget.</exception>
    public static (float[] Thresholds, double Price) Thresholds(SliceEstimate[] estimates, ClickCounts all, int allowed, CalibrationOptions options)
    {
        var deciding = Array.FindAll(estimates, estimate => estimate.Decided is not null);
        var programme = Array.ConvertAll(deciding, estimate => InProgramme(estimate, all));
        var share = programme.Sum(slice => slice.PurchasingShare);
        for (var i = 0; i < programme.Length; i++)
        {
            programme[i] = programme[i] with { PurchasingShare = programme[i].PurchasingShare / share };
        }

        var budget = (double)allowed / all.Purchasing;
        while (true)
        {
            var solution = SliceProgramme.Solve(programme, budget);
            if (!solution.Feasible)
            {
                throw new CalibrationException(Infeasible(solution, deciding, budget, options));
            }

            var points = new OperatingPoint[deciding.Length];
            for (var i = 0; i < points.Length; i++)
            {
                points[i] = Within(deciding[i].Curve, solution.Fpr[i]);
            }

            var excess = Enumerable.Range(0, points.Length).Sum(i => FalsePositives(deciding[i], points[i])) - allowed;
            if (excess > 0)
            {
                // Spent already on floors alone: a lower budget would only be infeasible.
                budget = budget > 0
                    ? Math.Max(0, budget - (double)excess / all.Purchasing)
                    : throw new CalibrationException($"The coverage floor of {options.CoverageFloor} costs {excess} more false positives than the budget allows: lower the coverage floor or raise the budget.");
                continue;
            }

            Apportion(deciding, points, solution.Fpr, -excess);
            return (Assemble(estimates, deciding, points, all, solution.Price), solution.Price);
        }
    }

    private static ProgrammeSlice InProgramme(SliceEstimate estimate, ClickCounts all)
    {
        // A part of a slice is expected to buy at the whole slice's rate; its own few purchases would be mostly chance.
        var clicks = (double)estimate.Decided!.Clicks / all.Clicks;
        var purchasing = (double)estimate.Curve.Purchasing / estimate.Curve.Clicks * estimate.Decided.Clicks / all.Purchasing;
        return new ProgrammeSlice(clicks, purchasing, estimate.Concave, estimate.Lower, estimate.Upper);
    }

    private static OperatingPoint Within(IvrFprCurve curve, double fpr) =>
        curve.WithinFalsePositives((int)Math.Floor(fpr * curve.Purchasing + FalsePositiveBudget.Rounding));

    private static int FalsePositives(SliceEstimate estimate, OperatingPoint point) =>
        estimate.Decided!.At(point.Threshold).Counts.FalsePositives;

    private static void Apportion(SliceEstimate[] deciding, OperatingPoint[] points, IReadOnlyList<double> fpr, int left)
    {
        var remainders = Enumerable.Range(0, points.Length)
            .Select(i => (Index: i, Remainder: fpr[i] * deciding[i].Curve.Purchasing - points[i].Counts.FalsePositives))
            .Where(slice => slice.Remainder is > FalsePositiveBudget.Rounding and < 1)
            .OrderByDescending(slice => slice.Remainder)
            .ThenBy(slice => slice.Index);
        foreach (var (i, _) in remainders)
        {
            var (estimate, now) = (deciding[i], points[i]);
            var next = estimate.Curve.WithinFalsePositives(now.Counts.FalsePositives + 1);
            var cost = FalsePositives(estimate, next) - FalsePositives(estimate, now);
            if (cost <= left && next.Counts.Fpr <= estimate.Upper)
            {
                points[i] = next;
                left -= cost;
            }
        }
    }

    private static float[] Assemble(SliceEstimate[] estimates, SliceEstimate[] deciding, OperatingPoint[] points, ClickCounts all, double price)
    {
        var thresholds = new float[Slice.Count];
        foreach (var estimate in estimates)
        {
            // A slice that decides no click of the sample still waits for leaves not seen yet: it pays the same price.
            var odds = (double)estimate.Curve.Purchasing / all.Purchasing / ((double)estimate.Curve.Clicks / all.Clicks);
            thresholds[estimate.Code] = Within(estimate.Curve, estimate.Concave.ArgMaxLagrangian(price * odds, estimate.Lower, estimate.Upper)).Threshold;
        }

        for (var i = 0; i < deciding.Length; i++)
        {
            thresholds[deciding[i].Code] = points[i].Threshold;
        }

        return thresholds;
    }

    private static string Infeasible(ProgrammeSolution solution, SliceEstimate[] deciding, double budget, CalibrationOptions options)
    {
        const int Named = 5;
        var floors = solution.Shortfalls.Select(floor =>
            $"{Slice.FromCode(deciding[floor.Index].Code)} needs {floor.Floor:g4}, short by {floor.Missing:g4}");
        var more = solution.Shortfalls.Count > Named ? $", and {solution.Shortfalls.Count - Named} more" : "";
        return $"A robotic coverage of {options.CoverageFloor} needs an FPR of {solution.TotalFpr:g4} where {budget:g4} is allowed ({string.Join("; ", floors.Take(Named))}{more}): lower the coverage floor or raise the budget.";
    }
}
