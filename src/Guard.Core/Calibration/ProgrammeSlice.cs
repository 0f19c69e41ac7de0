namespace Guard.Core.Calibration;

/// <summary>One slice of the slice programme.</summary>
/// <param name="ClickShare">w, its share of the clicks; at least 0.</param>
/// <param name="PurchasingShare">v, its share of the purchasing clicks; at least 0.</param>
/// <param name="Curve">Its IVR as a concave function of its FPR.</param>
/// <param name="Lower">l, the least FPR that it may have.</param>
/// <param name="Upper">u, the greatest FPR that it may have.</param>
public readonly record struct ProgrammeSlice(double ClickShare, double PurchasingShare, IConcaveCurve Curve, double Lower, double Upper);
