using Guard.Core.Calibration;

namespace Guard.Cli.Evaluate;

/// <summary>Thresholds and what they did to the test span.</summary>
/// <param name="Thresholds">The thresholds.</param>
/// <param name="Invalidated">Whether each click of the test span was invalidated.</param>
/// <param name="Measured">What that did.</param>
public sealed record AppliedThresholds(ThresholdSet Thresholds, bool[] Invalidated, Measurement Measured)
{
    /// <summary>Applies thresholds to the scores of the test span.</summary>
    public static AppliedThresholds Of(ThresholdSet thresholds, ReadOnlySpan<float> scores, TrafficSpan test, TruthIndex? truth, int roboticClicksPerHour)
    {
        var invalidated = new bool[scores.Length];
        for (var row = 0; row < scores.Length; row++)
        {
            invalidated[row] = scores[row] >= thresholds.ThresholdOf(test.Table.Facts[row].Slice);
        }

        return new AppliedThresholds(thresholds, invalidated, Measurement.Of(test, invalidated, truth, roboticClicksPerHour));
    }
}
