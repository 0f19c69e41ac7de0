namespace Guard.Core.Calibration;

/// <summary>Which FPR the budget limits.</summary>
public enum BudgetBasis
{
    /// <summary>The FPR measured on the sample. It is slightly optimistic, since the same sample sets the threshold.</summary>
    Measured = 0,

    /// <summary>The upper end of the Wilson interval of the sample's FPR: a margin for chance that shrinks as purchasing clicks grow.</summary>
    UpperBound = 1,
}
