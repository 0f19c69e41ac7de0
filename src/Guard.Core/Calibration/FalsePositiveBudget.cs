namespace Guard.Core.Calibration;

/// <summary>An FPR budget in whole purchasing clicks, of which alone a sample can spend it.</summary>
/// <param name="Allowed">The most purchasing clicks that all thresholds together may be charged.</param>
/// <param name="Unseen">How many purchasing clicks a threshold is charged beyond those above it: 1 for the fresh click that may fall between it and the next one below, 0 where the measured FPR is the promise.</param>
internal sealed record FalsePositiveBudget(int Allowed, int Unseen)
{
    /// <summary>Far below one click, far above the rounding error of a rate times a count.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Gets the budget of a sample.</summary>
    /// <exception cref="CalibrationException">Not even sparing all purchasing clicks keeps the upper bound.</exception>
    public static FalsePositiveBudget Of(CalibrationOptions options, int purchasing) => options.Basis switch
    {
        BudgetBasis.Measured => new FalsePositiveBudget(Floor(options.Budget * purchasing), 0),
        BudgetBasis.Expected => new FalsePositiveBudget(Floor(options.Budget * (purchasing + 1)), 1),
        _ => new FalsePositiveBudget(UnderBound(options, purchasing), 1),
    };

    /// <summary>Gets the FPR that a charge stands for.</summary>
    public double Fpr(int charge, int purchasing) => (double)charge / (purchasing + Unseen);

    /// <summary>Gets how many purchasing clicks an FPR amounts to.</summary>
    public double Charge(double fpr, int purchasing) => fpr * (purchasing + Unseen);

    /// <summary>Gets the charge of a point of its own curve; nothing for one that invalidates nothing.</summary>
    public int Charge(OperatingPoint point) =>
        float.IsPositiveInfinity(point.Threshold) ? 0 : Math.Min(point.Counts.FalsePositives + Unseen, point.Counts.Purchasing);

    /// <summary>Gets the point with the most invalidated clicks that a charge allows; below one unseen click that is the point that invalidates nothing.</summary>
    public OperatingPoint Within(IvrFprCurve curve, int charge) =>
        charge < Unseen ? curve[0] : curve.WithinFalsePositives(charge - Unseen);

    /// <summary>Gets the point with the most invalidated clicks that an FPR allows.</summary>
    public OperatingPoint Within(IvrFprCurve curve, double fpr) => Within(curve, Floor(Charge(fpr, curve.Purchasing)));

    /// <summary>Gets whether the budget's share of so many purchasing clicks pays for a threshold at all.</summary>
    public bool Affords(CalibrationOptions options, int purchasing) => Floor(Charge(options.Budget, purchasing)) >= Unseen;

    /// <summary>Gets whether more than rounding is missing from a charge to the next whole one, which is at most one click away.</summary>
    public static bool IsRemainder(double left) => left is > Rounding and < 1;

    private static int Floor(double charge) => (int)Math.Floor(charge + Rounding);

    private static int UnderBound(CalibrationOptions options, int purchasing)
    {
        var (low, high) = (-1, purchasing);
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            (low, high) = Rate.Wilson(middle, purchasing, options.Confidence)!.Value.Upper <= options.Budget ? (middle, high) : (low, middle - 1);
        }

        return low >= 0
            ? low
            : throw new CalibrationException($"{purchasing} purchasing clicks are too few to hold the upper bound of the FPR under {options.Budget}: give more clicks, or budget on the expected FPR.");
    }
}
