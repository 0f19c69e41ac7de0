using FsCheck;
using FsCheck.Fluent;

namespace Guard.Simulation.Tests;

public sealed class SeededRandomTests
{
    /// <summary>The first outputs for seed 1234567, as Rosetta Code, "Pseudo-random numbers/Splitmix64", gives them.</summary>
    [Fact]
    public void Its_numbers_are_those_of_SplitMix64()
    {
        var random = new SeededRandom(1234567);
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        foreach (var number in expected)
        {
            Assert.Equal(number, random.Next());
        }
    }

    [Fact]
    public void Streams_of_different_names_and_members_differ() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            ulong[] first =
            [
                SeededRandom.Of((ulong)seed, "a").Next(), SeededRandom.Of((ulong)seed, "b").Next(), SeededRandom.Of((ulong)seed, "a", 1).Next(), SeededRandom.Of((ulong)seed + 1, "a").Next(),
            ];
            return first.Distinct().Count() == first.Length;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Its_distributions_have_the_moments_that_they_promise()
    {
        const int Count = 200_000;
        var random = new SeededRandom(3);
        double[] Draw(Func<double> next) => [.. Enumerable.Range(0, Count).Select(_ => next())];
        Assert.Equal(0.5, Draw(() => random.Uniform()).Average(), 0.005);
        Assert.Equal(3, Draw(() => random.Exponential(3)).Average(), 0.05);
        Assert.Equal(1, Draw(() => random.Propensity(0.8)).Average(), 0.02);
        Assert.Equal(1, Draw(() => Math.Pow(random.Normal(), 2)).Average(), 0.03);
        Assert.Equal(2.5, Draw(() => random.Poisson(2.5)).Average(), 0.03);
        Assert.Equal(80, Draw(() => random.Poisson(80)).Average(), 0.3);
        Assert.Equal(4.5, Draw(() => random.Index(10)).Average(), 0.05);
        Assert.Equal(Math.Pow(2, -1.9), Draw(() => random.HeavyTail(1.9, 60) >= 2 ? 1 : 0).Average(), 0.006);
        var sorted = Draw(() => random.LogNormal(45, 1.1)).Order().ToArray();
        Assert.Equal(45, sorted[Count / 2], 1.0);
    }
}
