namespace Guard.Server.Answers;

/// <summary>One slice's threshold, and what it did to the calibration sample.</summary>
/// <param name="Slice">The slice.</param>
/// <param name="Threshold">The threshold; null invalidates none.</param>
/// <param name="Source">The slice that it comes from.</param>
/// <param name="BackOff">Why it comes from there.</param>
/// <param name="Ivr">The invalidation rate.</param>
/// <param name="Fpr">The false-positive rate.</param>
/// <param name="Coverage">The robotic coverage.</param>
public sealed record ThresholdAnswer(string Slice, float? Threshold, string Source, string BackOff, RateAnswer Ivr, RateAnswer? Fpr, RateAnswer? Coverage);
