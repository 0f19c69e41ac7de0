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
internal sealed class SliceMethod
{
    private readonly SliceEstimate[] _estimates;
    private readonly ClickCounts _all;
    private readonly FalsePositiveBudget _budget;
    private readonly CalibrationOptions _options;
    private readonly SlicePlanner _planner;

    private SliceMethod(SliceTree tree, SliceCurves curves, CalibrationOptions options)
    {
        (_all, _budget, _options) = (tree.All, tree.Budget, options);
        _estimates = SliceEstimate.Of(tree, curves, options);
        _planner = new SlicePlanner(tree, curves, tree.Budget, options);
    }

    /// <summary>Gets every slice's threshold, and the price λ.</summary>
    /// <exception cref="CalibrationException">The coverage floors need more than the budget.</exception>
    public static (ThresholdPlan Plan, double Price) Plan(SliceTree tree, SliceCurves curves, CalibrationOptions options) =>
        new SliceMethod(tree, curves, options).Plan();

    private (ThresholdPlan Plan, double Price) Plan()
    {
        var deciding = Array.FindAll(_estimates, estimate => estimate.Decided > 0);
        var share = deciding.Sum(Purchases);
        var programme = Array.ConvertAll(deciding, estimate => new ProgrammeSlice(
            (double)estimate.Decided / _all.Clicks, Purchases(estimate) / share, estimate.Concave, estimate.Lower, estimate.Upper));
        for (var budget = _budget.Fpr(_budget.Allowed, _all.Purchasing); ;)
        {
            var solution = Solve(programme, deciding, budget);
            var own = new float[Slice.Count];
            foreach (var estimate in _estimates)
            {
                // A slice that decides no click of the sample still waits for leaves not seen yet: it pays the same price.
                var odds = (double)estimate.Curve.Purchasing / _all.Purchasing / ((double)estimate.Curve.Clicks / _all.Clicks);
                own[estimate.Code] = _budget.Within(estimate.Curve, estimate.Concave.ArgMaxLagrangian(solution.Price * odds, estimate.Lower, estimate.Upper)).Threshold;
            }

            for (var i = 0; i < deciding.Length; i++)
            {
                own[deciding[i].Code] = _budget.Within(deciding[i].Curve, solution.Fpr[i]).Threshold;
            }

            var plan = _planner.Plan(own);
            var excess = _planner.Charge(plan) - _budget.Allowed;
            if (excess <= 0)
            {
                return (Apportion(deciding, solution.Fpr, own, plan), solution.Price);
            }

            // Spent already on floors alone: a lower budget would only be infeasible.
            budget = budget > 0
                ? Math.Max(0, budget - _budget.Fpr(excess, _all.Purchasing))
                : throw new CalibrationException($"The coverage floor of {_options.CoverageFloor} costs {excess} more false positives than the budget allows: lower the coverage floor or raise the budget.");
        }
    }

    /// <summary>Gets how many purchasing clicks to expect among those that a slice decides: a part of it buys at the whole's rate, its own few purchases being mostly chance.</summary>
    private static double Purchases(SliceEstimate estimate) => (double)estimate.Curve.Purchasing / estimate.Curve.Clicks * estimate.Decided;

    private ProgrammeSolution Solve(ProgrammeSlice[] programme, SliceEstimate[] deciding, double budget)
    {
        var solution = SliceProgramme.Solve(programme, budget);
        if (!solution.Feasible)
        {
            // Not every slice can pay for a threshold at all: then those do that gain most by it.
            var floors = programme.Select((slice, i) => slice with { Lower = deciding[i].Floor }).ToArray();
            solution = SliceProgramme.Solve(floors, budget);
        }

        return solution.Feasible ? solution : throw new CalibrationException(Infeasible(solution, deciding, budget));
    }

    private ThresholdPlan Apportion(SliceEstimate[] deciding, IReadOnlyList<double> fpr, float[] own, ThresholdPlan plan)
    {
        var remainders = deciding
            .Select((estimate, i) => (Estimate: estimate, Now: _budget.Charge(estimate.Curve.At(own[estimate.Code])), Wanted: _budget.Charge(fpr[i], estimate.Curve.Purchasing)))
            .Where(slice => FalsePositiveBudget.IsRemainder(slice.Wanted - slice.Now))
            .OrderByDescending(slice => slice.Wanted - slice.Now)
            .ThenBy(slice => slice.Estimate.Code);
        foreach (var (estimate, now, _) in remainders)
        {
            var before = own[estimate.Code];
            if (_budget.Fpr(now + 1, estimate.Curve.Purchasing) <= estimate.Upper)
            {
                own[estimate.Code] = _budget.Within(estimate.Curve, now + 1).Threshold;
                var next = _planner.Plan(own);
                var fits = _planner.Charge(next) <= _budget.Allowed;
                (plan, own[estimate.Code]) = fits ? (next, own[estimate.Code]) : (plan, before);
            }
        }

        return plan;
    }

    private string Infeasible(ProgrammeSolution solution, SliceEstimate[] deciding, double budget)
    {
        const int Named = 5;
        var floors = solution.Shortfalls.Select(floor =>
            $"{Slice.FromCode(deciding[floor.Index].Code)} needs {floor.Floor:g4}, short by {floor.Missing:g4}");
        var more = solution.Shortfalls.Count > Named ? $", and {solution.Shortfalls.Count - Named} more" : "";
        return $"A robotic coverage of {_options.CoverageFloor} needs an FPR of {solution.TotalFpr:g4} where {budget:g4} is allowed ({string.Join("; ", floors.Take(Named))}{more}): lower the coverage floor or raise the budget.";
    }
}
