using System.Runtime.Intrinsics;
using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Scoring;

namespace Guard.Core.Tests.Scoring;

public class NetworkTests
{
    private static readonly Arbitrary<int> s_seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void Scores_agree_with_the_plain_scalar_network_to_1e_5() => Prop.ForAll(s_seeds, seed =>
    {
        var network = RandomNetworks.Draw(seed);
        var width = network.Schema.Width;
        var scores = new float[1 + seed % 70];
        var rows = RandomNetworks.Rows(seed, scores.Length, width);
        network.Score(rows, scores);
        for (var r = 0; r < scores.Length; r++)
        {
            Assert.Equal(PlainNetwork.Score(network.Weights, rows.AsSpan(r * width, width)), scores[r], 1e-5);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_row_has_the_same_bits_alone_and_anywhere_in_any_batch() => Prop.ForAll(s_seeds, seed =>
    {
        var network = RandomNetworks.Draw(seed);
        var width = network.Schema.Width;
        var whole = new float[67];
        var rows = RandomNetworks.Rows(seed, whole.Length, width);
        network.Score(rows, whole);
        var random = new Random(seed);
        for (var start = 0; start < whole.Length;)
        {
            var batch = new float[Math.Min(random.Next(1, 24), whole.Length - start)];
            network.Score(rows.AsSpan(start * width, batch.Length * width), batch);
            Assert.Equal(Bits(whole.AsSpan(start, batch.Length)), Bits(batch));
            start += batch.Length;
        }

        for (var r = 0; r < whole.Length; r++)
        {
            var alone = new float[1];
            network.Score(rows.AsSpan(r * width, width), alone);
            Assert.Equal(Bits(whole.AsSpan(r, 1)), Bits(alone));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Contributions_have_the_same_bits_alone_and_anywhere_in_any_batch() => Prop.ForAll(s_seeds, seed =>
    {
        var network = RandomNetworks.Draw(seed);
        var width = network.Schema.Width;
        var rows = RandomNetworks.Rows(seed, 67, width);
        var whole = new float[rows.Length];
        network.Explain(rows, whole);
        var random = new Random(seed);
        for (var start = 0; start < rows.Length;)
        {
            var batch = new float[Math.Min(random.Next(1, 30) * width, rows.Length - start)];
            network.Explain(rows.AsSpan(start, batch.Length), batch);
            Assert.Equal(Bits(whole.AsSpan(start, batch.Length)), Bits(batch));
            start += batch.Length;
        }

        for (var start = 0; start < rows.Length; start += width)
        {
            var alone = new float[width];
            network.Explain(rows.AsSpan(start, width), alone);
            Assert.Equal(Bits(whole.AsSpan(start, width)), Bits(alone));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public unsafe void Every_lane_width_gives_the_same_bits() => Prop.ForAll(s_seeds, seed =>
    {
        var random = new Random(seed);
        int rows = random.Next(1, 40), inner = random.Next(1, 40), columns = DenseKernel.Padded(random.Next(1, 60));
        float[] a = RandomNetworks.Rows(seed, rows, inner), b = RandomNetworks.Rows(seed + 1, inner, columns);
        float[] bias = RandomNetworks.Rows(seed ^ 5, 1, columns), narrow = new float[rows * columns], wide = new float[rows * columns];
        fixed (float* pa = a, pb = b, pBias = bias, pNarrow = narrow, pWide = wide)
        {
            DenseKernel.Multiply<Lane256, Vector256<float>>(pa, inner, 1, pb, pBias, pNarrow, rows, inner, columns, relu: true);
            DenseKernel.Multiply<Lane512, Vector512<float>>(pa, inner, 1, pb, pBias, pWide, rows, inner, columns, relu: true);
        }

        Assert.Equal(Bits(narrow), Bits(wide));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Contributions_add_up_to_the_log_odds_less_those_of_the_reference() => Prop.ForAll(s_seeds, seed =>
    {
        var network = RandomNetworks.Draw(seed);
        var row = RandomNetworks.Rows(seed, 1, network.Schema.Width);
        var contributions = new float[row.Length];
        network.Explain(row, contributions);
        Assert.Equal(
            PlainNetwork.Logit(network.Weights, row) - PlainNetwork.Logit(network.Weights, network.Weights.Reference.AsSpan()),
            contributions.Sum(c => (double)c), 1e-4);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_reference_click_needs_no_explanation()
    {
        var network = RandomNetworks.Draw(3);
        var contributions = new float[network.Schema.Width];
        network.Explain(network.Weights.Reference.AsSpan(), contributions);
        Assert.All(contributions, c => Assert.Equal(0, c));
        Assert.Equal(PlainNetwork.Logit(network.Weights, network.Weights.Reference.AsSpan()), network.ReferenceLogit, 1e-5);
    }

    [Fact]
    public void Scoring_and_explaining_allocate_nothing()
    {
        var network = RandomNetworks.Draw(1, 24, 32, 16);
        float[] rows = RandomNetworks.Rows(1, 100, 24), scores = new float[100], contributions = new float[24];
        network.Score(rows, scores);
        network.Explain(rows.AsSpan(0, 24), contributions);
        Assert.Equal(0, Allocation.Least(_ =>
        {
            network.Score(rows, scores);
            network.Explain(rows.AsSpan(0, 24), contributions);
        }));
    }

    [Fact]
    public void A_missing_feature_shows_as_NaN_and_spoils_no_other_row()
    {
        var network = RandomNetworks.Draw(1, 24, 32, 16);
        float[] rows = RandomNetworks.Rows(1, 20, 24), clean = new float[20], spoiled = new float[20];
        network.Score(rows, clean);
        rows[5 * 24 + 3] = float.NaN;
        network.Score(rows, spoiled);
        Assert.True(float.IsNaN(spoiled[5]));
        spoiled[5] = clean[5];
        Assert.Equal(clean, spoiled);
    }

    [Fact]
    public void Extreme_log_odds_saturate_without_NaN()
    {
        var network = RandomNetworks.Draw(1, 4, 8, 8);
        float[] rows = [.. Enumerable.Repeat(1e30f, 4), .. Enumerable.Repeat(-1e30f, 4)];
        var scores = new float[2];
        network.Score(rows, scores);
        Assert.All(scores, s => Assert.InRange(s, 0, 1));
    }

    [Fact]
    public void An_empty_batch_is_scored() => RandomNetworks.Draw(1).Score([], []);

    [Fact]
    public void Features_that_are_no_whole_rows_are_refused() =>
        Assert.Throws<ArgumentException>(() => RandomNetworks.Draw(1, 4, 8, 8).Score(new float[7], new float[2]));

    [Fact]
    public void Contributions_of_other_rows_than_the_features_are_refused()
    {
        var network = RandomNetworks.Draw(1, 4, 8, 8);
        Assert.Throws<ArgumentException>(() => network.Explain(new float[7], new float[7]));
        Assert.Throws<ArgumentException>(() => network.Explain(new float[8], new float[4]));
    }

    [Fact]
    public void Weights_that_are_not_finite_are_refused()
    {
        var w = RandomNetworks.Draw(1, 4, 8, 8).Weights;
        var damaged = new NetworkWeights
        {
            Weight1 = w.Weight1, Bias1 = w.Bias1, Weight2 = w.Weight2.SetItem(3, float.NaN), Bias2 = w.Bias2, Weight3 = w.Weight3,
            Bias3 = w.Bias3, InputMean = w.InputMean, InputScale = w.InputScale, Reference = w.Reference,
        };
        Assert.Contains("Weight2", Assert.Throws<ModelFormatException>(() => new Network("v", RandomNetworks.Schema(4), damaged)).Message, StringComparison.Ordinal);
    }

    private static uint[] Bits(ReadOnlySpan<float> values)
    {
        var bits = new uint[values.Length];
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] = BitConverter.SingleToUInt32Bits(values[i]);
        }

        return bits;
    }
}
