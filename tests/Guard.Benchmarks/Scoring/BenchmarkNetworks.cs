using System.Collections.Immutable;
using Guard.Core.Features;
using Guard.Core.Scoring;

namespace Guard.Benchmarks.Scoring;

/// <summary>A 24-32-16-1 network with seeded weights, and rows for it.</summary>
internal static class BenchmarkNetworks
{
    public const int Inputs = 24;
    public const int Hidden1 = 32;
    public const int Hidden2 = 16;

    /// <summary>The multiply-adds of one click.</summary>
    public const int MultiplyAdds = Inputs * Hidden1 + Hidden1 * Hidden2 + Hidden2;

    public static FeatureSchema Schema { get; } =
        new("benchmark", 1, [.. Enumerable.Range(0, Inputs).Select(i => new Feature($"f{i}", "1", -10, 10, $"feature {i}"))]);

    public static Network Create()
    {
        var random = new Random(1);
        return new Network("benchmark", Schema, new NetworkWeights
        {
            Weight1 = Draw(random, Hidden1 * Inputs),
            Bias1 = Draw(random, Hidden1),
            Weight2 = Draw(random, Hidden2 * Hidden1),
            Bias2 = Draw(random, Hidden2),
            Weight3 = Draw(random, Hidden2),
            Bias3 = 0.1f,
            InputMean = Draw(random, Inputs),
            InputScale = [.. Enumerable.Repeat(1f, Inputs)],
            Reference = Draw(random, Inputs),
        });
    }

    public static float[] Rows(int rows) => [.. Draw(new Random(2), rows * Inputs)];

    private static ImmutableArray<float> Draw(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble() - 0.5f)];
}
