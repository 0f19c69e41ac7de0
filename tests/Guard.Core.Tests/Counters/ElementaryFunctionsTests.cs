using System.Runtime.Intrinsics;
using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Counters;

namespace Guard.Core.Tests.Counters;

public sealed class ElementaryFunctionsTests
{
    [Fact]
    public void Ln_agrees_with_the_platforms_logarithm_to_a_float() =>
        Prop.ForAll(Gen.Choose(0, 2_000_000_000).ToArbitrary(), static n =>
        {
            foreach (var x in (double[])[n + 1.0, 1 + n / 2e9, 1 / (n + 1.0)])
            {
                Assert.Equal(Math.Log(x), ElementaryFunctions.Ln(x), Math.Abs(Math.Log(x)) * 1.3e-7);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Four_logarithms_together_have_the_bits_of_each_alone() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), static seed =>
        {
            var random = new Random(seed);
            double[] x = [1, 1 + random.NextDouble(), 1 + random.Next(), Math.ScaleB(1 + random.NextDouble(), random.Next(1000))];
            var together = ElementaryFunctions.Ln(Vector256.Create(x));
            for (var i = 0; i < x.Length; i++)
            {
                Assert.Equal(BitConverter.SingleToInt32Bits(ElementaryFunctions.Ln(x[i])), BitConverter.SingleToInt32Bits(together[i]));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ln_of_one_is_zero_and_small_counts_equal_the_function() =>
        Assert.All(Enumerable.Range(0, 3000), static n => Assert.Equal(ElementaryFunctions.Ln(1.0 + n), ElementaryFunctions.LnOnePlus(n)));

    [Fact]
    public void Exp2_agrees_with_the_platforms_power_to_a_float() =>
        Prop.ForAll(Gen.Choose(0, 126_000_000).ToArbitrary(), static n =>
            Assert.Equal(1, ElementaryFunctions.Exp2(n / -1e6) / Math.Pow(2, n / -1e6), 1e-7)).QuickCheckThrowOnFailure();

    [Fact]
    public void Exp2_is_exact_at_whole_numbers_and_zero_far_below()
    {
        Assert.Equal(1f, ElementaryFunctions.Exp2(0));
        Assert.Equal(0.5f, ElementaryFunctions.Exp2(-1));
        Assert.Equal(MathF.Pow(2, -126), ElementaryFunctions.Exp2(-126));
        Assert.Equal(0f, ElementaryFunctions.Exp2(-1e9));
    }
}
