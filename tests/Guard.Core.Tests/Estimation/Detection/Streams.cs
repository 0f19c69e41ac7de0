using Guard.Core.Estimation.Detection;

namespace Guard.Core.Tests.Estimation.Detection;

/// <summary>Seeded streams for the detector's tests, a row every five minutes.</summary>
internal static class Streams
{
    public const long Interval = 300_000;

    public static long Time(int row) => 1_699_999_800_000 + (row * Interval);

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static double[] Noise(int rows, int seed, double level = 100, double deviation = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => level + (deviation * Normal(random)))];
    }

    /// <summary>A rhythm of the day with noise: 50 at night, 150 by day.</summary>
    public static double[] Daily(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(row => 100 - (50 * Math.Cos(2 * Math.PI * (Time(row) % 86_400_000) / 86_400_000)) + (3 * Normal(random)))];
    }

    public static Reading[] Run(StreamDetector detector, double[] values, int from = 0) =>
        [.. values.Select((value, row) => detector.Update(Time(from + row), [value]))];
}
