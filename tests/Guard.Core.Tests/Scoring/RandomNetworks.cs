using System.Collections.Immutable;
using Guard.Core.Features;
using Guard.Core.Scoring;

namespace Guard.Core.Tests.Scoring;

/// <summary>Networks and rows drawn from a seed, with every width, not only multiples of a lane.</summary>
internal static class RandomNetworks
{
    public static FeatureSchema Schema(int width) =>
        new("test", 1, [.. Enumerable.Range(0, width).Select(i => new Feature($"f{i}", "1", -10, 10, $"feature {i}"))]);

    public static Network Draw(int seed)
    {
        var random = new Random(seed);
        return Draw(seed, random.Next(1, 41), random.Next(1, 50), random.Next(1, 40));
    }

    public static Network Draw(int seed, int inputs, int hidden1, int hidden2)
    {
        var random = new Random(seed);
        return new Network("test", Schema(inputs), new NetworkWeights
        {
            Weight1 = Normals(random, hidden1 * inputs, Math.Sqrt(2.0 / inputs)),
            Bias1 = Normals(random, hidden1, 0.3),
            Weight2 = Normals(random, hidden2 * hidden1, Math.Sqrt(2.0 / hidden1)),
            Bias2 = Normals(random, hidden2, 0.3),
            Weight3 = Normals(random, hidden2, Math.Sqrt(1.0 / hidden2)),
            Bias3 = (float)random.NextDouble() - 0.5f,
            InputMean = Normals(random, inputs, 1),
            InputScale = [.. Enumerable.Range(0, inputs).Select(_ => 0.5f + (float)random.NextDouble())],
            Reference = Normals(random, inputs, 1),
        });
    }

    public static float[] Rows(int seed, int rows, int width) => [.. Normals(new Random(~seed), rows * width, 1.5)];

    public static ImmutableArray<float> Normals(Random random, int count, double deviation) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(deviation * Normal(random)))];

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
