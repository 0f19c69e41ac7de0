namespace Guard.Core.Calibration;

/// <summary>Which FPR the budget limits.</summary>
public enum BudgetBasis
{
    /// <summary>
    /// The FPR to expect of fresh clicks that are exchangeable with the sample: each threshold is charged the purchasing clicks
    /// above it and the next one below, (k + 1) / (n + 1) where one threshold spares all but k of n.
    /// </summary>
    /// <remarks>
    /// A fresh purchasing click is equally likely to take each of the n + 1 places among the n of the sample, so it lies above the
    /// (k + 1)-th highest with a probability of (k + 1) / (n + 1): V. Vovk, A. Gammerman, G. Shafer, "Algorithmic Learning in a
    /// Random World" (Springer, 2005), on conformal prediction. Of many slices each adds its own one.
    /// </remarks>
    Expected = 0,

    /// <summary>The FPR measured on the sample. It is optimistic by about one purchasing click for each threshold, since the same sample sets the threshold.</summary>
    Measured = 1,

    /// <summary>The upper end of the Wilson interval around the expected FPR: a margin for chance that shrinks as purchasing clicks grow.</summary>
    UpperBound = 2,
}
