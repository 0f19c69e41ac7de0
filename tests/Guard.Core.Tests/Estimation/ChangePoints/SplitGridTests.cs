using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Estimation;

namespace Guard.Core.Tests.Estimation.ChangePoints;

public sealed class SplitGridTests
{
    [Fact]
    public void A_split_once_dropped_stays_dropped() =>
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), ArbMap.Default.ArbFor<PositiveInt>(), (split, density) =>
        {
            var grid = SplitGrid.Geometric(1 + (density.Get % 16));
            var kept = Enumerable.Range(0, 2_000).Select(age => grid.Keeps(split.Get, age)).ToArray();
            return !kept.SkipWhile(each => each).Contains(true);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void Gaps_grow_with_age_and_the_number_with_its_logarithm(int density)
    {
        var grid = SplitGrid.Geometric(density);
        const long Samples = 100_000;
        var ages = Enumerable.Range(1, (int)Samples).Where(age => grid.Keeps(Samples - age, age)).ToArray();

        Assert.True(ages.Length <= 2 * density * (2 + Math.Log2(Samples)));
        for (var i = 1; i < ages.Length; i++)
        {
            Assert.True(ages[i] - ages[i - 1] <= Math.Max(1, 2.0 * ages[i] / density));
        }
    }

    [Fact]
    public void The_exact_grid_keeps_everything() =>
        Assert.All(Enumerable.Range(1, 1000), age => Assert.True(SplitGrid.Exact.Keeps(1, age * 1000L)));
}
