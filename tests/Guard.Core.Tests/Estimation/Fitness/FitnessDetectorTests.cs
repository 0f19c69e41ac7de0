using Guard.Core.Estimation.Fitness;
using MathNet.Numerics.Distributions;

namespace Guard.Core.Tests.Estimation.Fitness;

public class FitnessDetectorTests
{
    public static TheoryData<string> Detectors => ["mahalanobis", "clipped", "isolation"];

    [Theory]
    [MemberData(nameof(Detectors))]
    public void After_a_jump_the_new_normal_scores_below_an_anomaly_while_the_offline_detector_cannot_tell(string name)
    {
        var random = new Random(1);
        var offline = Create(name);
        var wrapped = Create(name);
        var early = Points(random, 300, 0);
        offline.Fit(early);
        wrapped.Fit(early);
        var online = new FitnessDetector(wrapped);
        foreach (var row in early.Chunk(2))
        {
            online.Learn(row);
        }

        foreach (var row in Points(random, 200, 20).Chunk(2))
        {
            online.Learn(row);
        }

        double[] normal = [20.5, 19.5];
        double[] anomaly = [14, 14];
        Assert.True(online.Score(normal) < online.Score(anomaly), "the wrapped detector follows");
        Assert.True(offline.Score(normal) >= offline.Score(anomaly), "the offline one stays behind");
    }

    [Theory]
    [MemberData(nameof(Detectors))]
    public void Similar_points_keep_two_clusters_apart(string name)
    {
        var random = new Random(2);
        var detector = Create(name);
        var points = Points(random, 400, 0);
        for (var i = 0; i < points.Length; i++)
        {
            points[i] += i / 2 % 2 * 20;
        }

        detector.Fit(points);
        var online = new FitnessDetector(detector);
        foreach (var row in points.Chunk(2))
        {
            online.Learn(row);
        }

        // Between the clusters: close to the mean of all, far from every point.
        double[] between = [10, 10];
        Assert.True(online.Score(between) > online.Score([0.3, -0.2]));
        Assert.True(online.Score(between) > online.Score([20.3, 19.8]));
    }

    [Theory]
    [MemberData(nameof(Detectors))]
    public void Scoring_learns_nothing_and_equal_histories_score_equally(string name)
    {
        var one = Wrapped(name);
        var two = Wrapped(name);
        var random = new Random(3);
        foreach (var row in Points(random, 400, 0).Chunk(2))
        {
            var first = one.Score(row);
            Assert.Equal(first, one.Score(row));
            one.Learn(row);
            Assert.Equal(first, two.Update(row));
            Assert.True(double.IsFinite(first) && first >= 0);
        }

        Assert.Equal(one.Learned, two.Learned);
    }

    [Theory]
    [MemberData(nameof(Detectors))]
    public void Constant_and_enormous_points_score_finitely(string name)
    {
        var online = Wrapped(name);
        for (var i = 0; i < 300; i++)
        {
            online.Learn([7, i % 100 == 0 ? 1e308 : -7]);
        }

        Assert.True(double.IsFinite(online.Score([7, -7])));
        Assert.True(double.IsFinite(online.Score([-1e308, 1e308])));
    }

    [Fact]
    public void Bad_points_and_settings_are_refused_and_change_nothing()
    {
        var online = Wrapped("mahalanobis");
        Assert.Throws<ArgumentException>(() => online.Update([1, double.NaN]));
        Assert.Throws<ArgumentException>(() => online.Update([1]));
        Assert.Equal(0, online.Learned);
        Assert.Throws<ArgumentException>(() => new FitnessDetector(Create("clipped"), new FitnessOptions { Recent = 10, Similar = 11 }));
    }

    [Fact]
    public void Mahalanobis_distance_is_that_of_the_sample_covariance()
    {
        var detector = new MahalanobisDetector(2);
        // Mean (0, 0), covariance diag(2, 8): the point (2, 4) lies at √(4/2 + 16/8) = 2.
        detector.Fit([2, 0, -2, 0, 0, 4, 0, -4]);
        Assert.Equal(2, detector.Score([2, 4]), 5);
    }

    private static FitnessDetector Wrapped(string name)
    {
        var detector = Create(name);
        detector.Fit(Points(new Random(9), 100, 0));
        return new FitnessDetector(detector, new FitnessOptions { Recent = 64, Similar = 32 });
    }

    private static IOfflineDetector Create(string name) => name switch
    {
        "mahalanobis" => new MahalanobisDetector(2),
        "clipped" => new ClippedDetector(2),
        _ => new IsolationDetector(2),
    };

    private static double[] Points(Random random, int count, double mean)
    {
        var points = new double[2 * count];
        Normal.Samples(random, points, mean, 1);
        return points;
    }
}
