namespace Guard.Core.Calibration;

/// <summary>How thresholds are chosen.</summary>
public enum CalibrationMethod
{
    /// <summary>A threshold per slice: the convex programme divides the budget.</summary>
    Slices = 0,

    /// <summary>One threshold, the lowest that the budget allows.</summary>
    Global = 1,

    /// <summary>One threshold at the knee of the global IVR-FPR curve, or at the budget where the knee lies past it.</summary>
    Knee = 2,
}
