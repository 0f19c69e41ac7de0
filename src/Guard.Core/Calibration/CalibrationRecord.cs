namespace Guard.Core.Calibration;

/// <summary>How a set of thresholds came about.</summary>
/// <param name="ModelVersion">The model whose scores the thresholds cut.</param>
/// <param name="Options">Budget, method and the rest of what was asked for.</param>
/// <param name="Price">λ, the IVR that one more unit of FPR budget would buy; <see langword="null"/> where one threshold was set.</param>
/// <param name="From">The time of the sample's first click.</param>
/// <param name="To">The time of the sample's last click.</param>
/// <param name="Notes">What a reader should know, a sentence each.</param>
public sealed record CalibrationRecord(
    string ModelVersion,
    CalibrationOptions Options,
    double? Price,
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<string> Notes);
