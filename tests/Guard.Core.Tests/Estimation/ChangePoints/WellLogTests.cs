using System.Globalization;
using Guard.Core.Estimation;

namespace Guard.Core.Tests.Estimation.ChangePoints;

public sealed class WellLogTests
{
    [Fact]
    public void The_great_steps_of_the_well_log_are_found()
    {
        var detector = new RobustChangePoints(1);
        var changes = new List<ChangePoint>();
        foreach (var line in File.ReadLines(SharedData.File("series/well_log.txt")).Where(line => line.Length > 0))
        {
            if (detector.Update([double.Parse(line, CultureInfo.InvariantCulture)]) is { } change)
            {
                changes.Add(change);
            }
        }

        // Where the medians of 50 values on either side differ by more than 9,000, in the series' own units.
        Assert.Equal(4050, detector.Samples);
        foreach (var step in new[] { 1079, 1683, 1868, 2045, 2410 })
        {
            Assert.Contains(changes, change => change.Least - 20 <= step && step <= change.Greatest + 20 && change.DetectedAt <= step + 30);
        }
    }
}
