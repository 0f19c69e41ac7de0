using Guard.Core.Estimation;

namespace Guard.Simulation.Experiments.ChangePoints;

/// <summary>A univariate series with the changes that a detector found in it: the data of a picture.</summary>
/// <param name="Values">The series.</param>
/// <param name="Changes">The changes, in order of detection.</param>
public sealed record SeriesChangePoints(IReadOnlyList<double> Values, IReadOnlyList<ChangePoint> Changes)
{
    /// <summary>Passes once over a series.</summary>
    /// <param name="values">The series.</param>
    /// <param name="detector">A fresh univariate detector.</param>
    public static SeriesChangePoints Detect(IReadOnlyList<double> values, IChangePointDetector detector)
    {
        var changes = new List<ChangePoint>();
        foreach (var value in values)
        {
            if (detector.Update([value]) is { } change)
            {
                changes.Add(change);
            }
        }

        return new SeriesChangePoints(values, changes);
    }
}
