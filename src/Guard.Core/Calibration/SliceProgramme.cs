namespace Guard.Core.Calibration;

/// <summary>
/// The convex programme that divides an FPR budget among slices: maximise Σ wᵢ fᵢ(xᵢ) subject to Σ vᵢ xᵢ ≤ B and
/// lᵢ ≤ xᵢ ≤ uᵢ, each fᵢ concave.
/// </summary>
/// <remarks>
/// By the KKT conditions xᵢ(λ) maximises fᵢ(x) − λ vᵢ/wᵢ · x within its bounds, where λ ≥ 0 prices the budget, and
/// Σ vᵢ xᵢ(λ) never rises with λ. Bisection over the bit patterns of λ ends at two neighbouring doubles between which the
/// spending passes the budget. Where a linear segment is marginal it jumps there: every point between the two solutions is
/// then optimal, and slices are raised from the one to the other, in order, until the budget is spent.
/// </remarks>
public static class SliceProgramme
{
    /// <summary>Spending may exceed the budget by this relative rounding error before floors count as infeasible.</summary>
    private const double Rounding = 1e-12;

    /// <summary>Solves the programme.</summary>
    /// <param name="slices">The slices; may be empty.</param>
    /// <param name="budget">B, at least 0.</param>
    /// <exception cref="ArgumentException">The budget, a share or a bound is not finite or not in order.</exception>
    public static ProgrammeSolution Solve(ReadOnlySpan<ProgrammeSlice> slices, double budget)
    {
        Check(slices, budget);
        var least = 0.0;
        foreach (ref readonly var slice in slices)
        {
            least += slice.PurchasingShare * slice.Lower;
        }

        if (least > budget * (1 + Rounding))
        {
            return new ProgrammeSolution(false, double.NaN, [], double.NaN, least, FloorLevel.Shortfalls(slices, budget));
        }

        // x at a price too low, and at one just high enough.
        var generous = new double[slices.Length];
        var frugal = new double[slices.Length];
        var open = new List<int>();
        for (var i = 0; i < slices.Length; i++)
        {
            ref readonly var slice = ref slices[i];
            generous[i] = slice.ClickShare == 0 ? slice.Lower : slice.Curve.ArgMaxLagrangian(0, slice.Lower, slice.Upper);
            frugal[i] = slice.PurchasingShare == 0 ? generous[i] : slice.Lower;
            if (generous[i] != frugal[i])
            {
                open.Add(i);
            }
        }

        if (Spending(slices, generous) <= budget)
        {
            return Solved(slices, generous, 0);
        }

        var price = Bisect(slices, budget, generous, frugal, open);
        Spend(slices, budget - Spending(slices, frugal), generous, frugal);
        return Solved(slices, frugal, price);
    }

    private static double Bisect(ReadOnlySpan<ProgrammeSlice> slices, double budget, double[] generous, double[] frugal, List<int> open)
    {
        // Doubles that are not negative are ordered as their bits are, so at most 63 halvings separate neighbours.
        var (low, high) = (0L, BitConverter.DoubleToInt64Bits(double.MaxValue));
        var trial = new double[slices.Length];
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            var price = BitConverter.Int64BitsToDouble(middle);
            foreach (var i in open)
            {
                ref readonly var slice = ref slices[i];
                trial[i] = slice.Curve.ArgMaxLagrangian(price * (slice.PurchasingShare / slice.ClickShare), slice.Lower, slice.Upper);
            }

            var settled = Spending(slices, frugal);
            foreach (var i in open)
            {
                settled += slices[i].PurchasingShare * (trial[i] - frugal[i]);
            }

            var side = settled > budget ? generous : frugal;
            (low, high) = settled > budget ? (middle, high) : (low, middle);
            foreach (var i in open)
            {
                side[i] = trial[i];
            }

            // What is equal at both ends of the bracket is equal all through it.
            open.RemoveAll(i => generous[i] == frugal[i]);
        }

        return BitConverter.Int64BitsToDouble(high);
    }

    private static void Spend(ReadOnlySpan<ProgrammeSlice> slices, double left, double[] generous, double[] frugal)
    {
        for (var i = 0; i < slices.Length && left > 0; i++)
        {
            var rise = generous[i] - frugal[i];
            if (rise > 0)
            {
                var cost = rise * slices[i].PurchasingShare;
                frugal[i] = cost <= left ? generous[i] : frugal[i] + left / slices[i].PurchasingShare;
                left -= cost;
            }
        }
    }

    private static double Spending(ReadOnlySpan<ProgrammeSlice> slices, double[] fpr)
    {
        var sum = 0.0;
        for (var i = 0; i < slices.Length; i++)
        {
            sum += slices[i].PurchasingShare * fpr[i];
        }

        return sum;
    }

    private static ProgrammeSolution Solved(ReadOnlySpan<ProgrammeSlice> slices, double[] fpr, double price)
    {
        var ivr = 0.0;
        for (var i = 0; i < slices.Length; i++)
        {
            ivr += slices[i].ClickShare * slices[i].Curve.Value(fpr[i]);
        }

        return new ProgrammeSolution(true, price, fpr, ivr, Spending(slices, fpr), []);
    }

    private static void Check(ReadOnlySpan<ProgrammeSlice> slices, double budget)
    {
        if (!(budget >= 0 && double.IsFinite(budget)))
        {
            throw new ArgumentException($"The budget {budget} is not a finite number from 0.", nameof(budget));
        }

        for (var i = 0; i < slices.Length; i++)
        {
            var slice = slices[i];
            if (!(slice.ClickShare >= 0 && slice.PurchasingShare >= 0 && double.IsFinite(slice.ClickShare) && double.IsFinite(slice.PurchasingShare)))
            {
                throw new ArgumentException($"Slice {i} has the shares {slice.ClickShare} and {slice.PurchasingShare}: both are finite and at least 0.", nameof(slices));
            }

            if (!(slice.Lower >= 0 && slice.Lower <= slice.Upper && double.IsFinite(slice.Upper)))
            {
                throw new ArgumentException($"Slice {i} has the bounds {slice.Lower} and {slice.Upper}: give 0 ≤ lower ≤ upper.", nameof(slices));
            }
        }
    }
}
