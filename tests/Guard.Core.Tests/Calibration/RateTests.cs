using Guard.Core.Calibration;

namespace Guard.Core.Tests.Calibration;

public sealed class RateTests
{
    // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.
    [Theory]
    [InlineData(81, 263, .2553, .3662)]
    [InlineData(15, 148, .0624, .1605)]
    [InlineData(0, 20, .0000, .1611)]
    [InlineData(1, 29, .0061, .1718)]
    public void Wilson_intervals_match_published_ones(int count, int total, double lower, double upper)
    {
        var rate = Rate.Wilson(count, total, .95)!.Value;
        Assert.Equal((double)count / total, rate.Value);
        Assert.Equal(lower, rate.Lower, 5e-5);
        Assert.Equal(upper, rate.Upper, 5e-5);
    }

    [Fact]
    public void A_share_of_nothing_is_undefined() => Assert.Null(Rate.Wilson(0, 0, .95));

    [Fact]
    public void All_successes_reach_one_exactly() => Assert.Equal(1, Rate.Wilson(7, 7, .95)!.Value.Upper);

    [Theory]
    [InlineData(-1, 3, .95)]
    [InlineData(4, 3, .95)]
    [InlineData(1, 3, 1)]
    [InlineData(1, 3, double.NaN)]
    public void Impossible_counts_and_confidences_are_refused(int count, int total, double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Rate.Wilson(count, total, confidence));
}
