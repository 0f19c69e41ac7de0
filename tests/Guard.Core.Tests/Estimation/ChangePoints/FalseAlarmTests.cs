using Guard.Core.Estimation;

namespace Guard.Core.Tests.Estimation.ChangePoints;

public sealed class FalseAlarmTests
{
    private const int Length = 1600;

    public static TheoryData<string> Distributions =>
        ["uniform", "exponential", "lognormal", "cauchy", "rare ones", "fair coin", "three values", "one strong of 32", "common of 32", "sparse 32", "exponential 32"];

    // Distributions that the detector's constants were not chosen on alone: tails, atoms, skew, and uneven directions.
    [Theory]
    [MemberData(nameof(Distributions))]
    public void Streams_without_change_raise_alarms_within_delta(string distribution)
    {
        const int Runs = 30;
        var alarms = 0;
        for (var run = 0; run < Runs; run++)
        {
            var random = new Random(1_000 + run);
            var sample = new double[distribution.EndsWith("32", StringComparison.Ordinal) ? 32 : 1];
            var detector = new RobustChangePoints(sample.Length);
            for (var t = 0; t < Length; t++)
            {
                Draw(distribution, random, sample);
                alarms += detector.Update(sample) is null ? 0 : 1;
            }
        }

        Assert.True(alarms <= 0.1 * Runs, $"{alarms} alarms in {Runs} streams");
    }

    private static void Draw(string distribution, Random random, double[] sample)
    {
        var common = Normal(random);
        for (var i = 0; i < sample.Length; i++)
        {
            var uniform = 1 - random.NextDouble();
            sample[i] = distribution switch
            {
                "uniform" => uniform,
                "exponential" or "exponential 32" => -Math.Log(uniform),
                "lognormal" => Math.Exp(Normal(random)),
                "cauchy" => Math.Tan(Math.PI * (uniform - 0.5)),
                "rare ones" => uniform < 0.02 ? 1 : 0,
                "fair coin" => uniform < 0.5 ? 1 : 0,
                "three values" => uniform < 0.01 ? 100 : uniform < 0.1 ? 1 : 0,
                "one strong of 32" => (i == 0 ? 10 : 0.3) * Normal(random),
                "common of 32" => common + (0.5 * Normal(random)),
                _ => uniform < 0.05 ? 1 : 0,
            };
        }
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
