namespace Guard.Server.Answers;

/// <summary>What a threshold would do to a slice.</summary>
/// <param name="Threshold">The threshold.</param>
/// <param name="Ivr">The share of clicks at or above it.</param>
/// <param name="Fpr">The share of purchasing clicks at or above it; null without any.</param>
public sealed record CurvePointAnswer(double Threshold, double Ivr, double? Fpr);
