using Guard.Core.Estimation.Fitness;
using Guard.Simulation.Experiments;
using Guard.Simulation.Experiments.Fitness;

namespace Guard.Simulation.Tests.Experiments.Fitness;

public class FitnessExperimentTests
{
    [Fact]
    public void Similar_points_beat_recent_ones_on_clusters()
    {
        var points = DriftingPoints.Make(DriftKind.Clusters, new SeededNoise(1, 0));
        double Precision(FitnessOptions options)
        {
            var detector = new MahalanobisDetector(points.Dimension);
            detector.Fit(points.Values.AsSpan(0, points.Offline * points.Dimension));
            var online = new FitnessDetector(detector, options);
            double[] scores = [.. Enumerable.Range(0, points.Count).Select(t => online.Update(points.Point(t)))];
            return Ranking.AveragePrecision(scores[points.Offline..], points.Anomalous[points.Offline..]);
        }

        Assert.True(Precision(new FitnessOptions()) > Precision(new FitnessOptions { Recent = 256, Similar = 256 }) + 0.05);
    }

    [Fact]
    public void Rankings_of_known_orders_have_their_known_areas()
    {
        Assert.Equal(1, Ranking.RocArea([1, 2, 3, 4], [false, false, true, true]));
        Assert.Equal(0.5, Ranking.RocArea([1, 1, 1, 1], [false, false, true, true]));
        Assert.Equal(0.75, Ranking.RocArea([1, 2, 3, 4], [false, true, false, true]));
        Assert.Equal((1 + (2.0 / 3)) / 2, Ranking.AveragePrecision([1, 2, 3, 4], [false, true, false, true]), 12);
        Assert.Equal(0.5, Ranking.AveragePrecision([1, 1], [false, true]));
    }

    [Fact]
    public void A_set_of_points_repeats_exactly_and_has_about_its_share_of_anomalies()
    {
        foreach (var kind in Enum.GetValues<DriftKind>())
        {
            var one = DriftingPoints.Make(kind, new SeededNoise(7, 0));
            Assert.Equal(one.Values, DriftingPoints.Make(kind, new SeededNoise(7, 0)).Values);
            Assert.InRange(one.Anomalous.Count(static a => a) / (double)one.Count, 0.001, 0.12);
        }
    }
}
