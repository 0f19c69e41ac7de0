using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Tests.Scoring;
using Guard.Core.Training;

namespace Guard.Core.Tests.Training;

/// <summary>Seeded clicks over some days, with labels that depend on the features in a known way.</summary>
internal static class SyntheticClicks
{
    public const long Start = 1_767_571_200_000;
    public const long Day = 86_400_000;

    /// <summary>Clicks whose robots lie where the first two features have the same sign: no line parts them.</summary>
    public static (FeatureTable Table, WeakLabel[] Labels) Checkered(int count, int width, int seed, double noise = 0.1)
    {
        var random = new Random(seed);
        var table = new FeatureTable(RandomNetworks.Schema(width));
        var labels = new WeakLabel[count];
        var x = new float[width];
        for (var row = 0; row < count; row++)
        {
            for (var i = 0; i < width; i++)
            {
                x[i] = (float)(3 * RandomNetworks.Normal(random) + i);
            }

            var robot = x[0] > 0 == (x[1] > 1) != (random.NextDouble() < noise);
            labels[row] = robot ? WeakLabel.NonHuman : WeakLabel.Human;
            table.Append(Facts(Start + 7 * Day * row / count, (ulong)row + 1, loggedIn: random.Next(2) == 0), x);
        }

        return (table, labels);
    }

    /// <summary>Clicks whose log-odds of "robot" are linear.</summary>
    public static (FeatureTable Table, WeakLabel[] Labels) Linear(int count, double[] slopes, double bias, int seed)
    {
        var random = new Random(seed);
        var table = new FeatureTable(RandomNetworks.Schema(slopes.Length));
        var labels = new WeakLabel[count];
        var x = new float[slopes.Length];
        for (var row = 0; row < count; row++)
        {
            var z = bias;
            for (var i = 0; i < x.Length; i++)
            {
                x[i] = (float)(2 + RandomNetworks.Normal(random));
                z += slopes[i] * x[i];
            }

            labels[row] = random.NextDouble() < 1 / (1 + Math.Exp(-z)) ? WeakLabel.NonHuman : WeakLabel.Human;
            table.Append(Facts(Start + row * 1000L, (ulong)row + 1), x);
        }

        return (table, labels);
    }

    public static ClickFacts Facts(long time, ulong click, ulong user = 1, bool loggedIn = false) =>
        new(time, click, user, 0, 1000, Slice.Leaf(DeviceType.Mobile, loggedIn, default), loggedIn);

    public static FeatureTable Table(params ClickFacts[] clicks)
    {
        var table = new FeatureTable(RandomNetworks.Schema(1));
        foreach (var click in clicks)
        {
            table.Append(click, [0]);
        }

        return table;
    }

    public static float[] Ones(int count) => [.. Enumerable.Repeat(1f, count)];

    public static bool[] Robots(ReadOnlySpan<WeakLabel> labels) => [.. labels.ToArray().Select(l => l == WeakLabel.NonHuman)];
}
