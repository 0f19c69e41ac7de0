using Guard.Benchmarks.Scoring;
using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Training;

namespace Guard.Benchmarks.Training;

/// <summary>Seeded clicks of a week with 24 features, a tenth of them human.</summary>
internal static class TrainingClicks
{
    public static (FeatureTable Table, WeakLabel[] Labels, float[] Weights) Create(int count)
    {
        const long start = 1_767_571_200_000;
        var random = new Random(1);
        var table = new FeatureTable(BenchmarkNetworks.Schema);
        var labels = new WeakLabel[count];
        var x = new float[BenchmarkNetworks.Inputs];
        for (var row = 0; row < count; row++)
        {
            for (var i = 0; i < x.Length; i++)
            {
                x[i] = (float)(random.NextDouble() + random.NextDouble());
            }

            labels[row] = x[0] * x[1] > 1.2 && random.Next(2) == 0 ? WeakLabel.Human : WeakLabel.NonHuman;
            var loggedIn = random.Next(3) == 0;
            table.Append(
                new ClickFacts(start + 604_800_000L * row / count, (ulong)row + 1, (ulong)random.Next(count), 0, 1000, Slice.Leaf(DeviceType.Mobile, loggedIn, default), loggedIn), x);
        }

        return (table, labels, SampleWeights.Rake(table, labels).Values.ToArray());
    }
}
