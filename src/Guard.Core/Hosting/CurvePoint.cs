namespace Guard.Core.Hosting;

/// <summary>What a threshold would do to a slice.</summary>
/// <param name="Threshold">The threshold, in [0, 1].</param>
/// <param name="Ivr">The share of clicks with at least this score.</param>
/// <param name="Fpr">The share of purchasing clicks with at least this score; NaN without any.</param>
public readonly record struct CurvePoint(double Threshold, double Ivr, double Fpr);
