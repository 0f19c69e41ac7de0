using Guard.Core.Clicks;
using Guard.Grains.Counting;

namespace Guard.Grains.Tests.Counting;

public sealed class RetainedClicksTests
{
    [Theory]
    [InlineData(1, 5000, 0)]
    [InlineData(700, 1700, 0)]
    [InlineData(0, 5000, 1024)]
    [InlineData(0, 5000, 1500)]
    [InlineData(2100, 2200, 2150)]
    [InlineData(0, 5000, 5000)]
    public void What_is_picked_lies_after_what_is_forgotten_and_within_the_bounds(long after, long through, long forgotten)
    {
        var retained = new RetainedClicks();
        for (var sequence = 1; sequence <= 5000; sequence++)
        {
            retained.Add(new CountedClick(new Click { Sequence = sequence }));
        }

        retained.Forget(forgotten);

        var expected = Enumerable.Range(1, 5000).Select(number => (long)number).Where(number => number > after && number > forgotten && number <= through && number % 3 == 0);
        Assert.Equal(expected, retained.Between(after, through, static click => click.Sequence % 3 == 0).Select(static click => click.Sequence));
    }

    [Fact]
    public void Clicks_go_on_being_retained_after_all_were_forgotten()
    {
        var retained = new RetainedClicks();
        retained.Add(new CountedClick(new Click { Sequence = 1 }));
        retained.Forget(1);
        retained.Add(new CountedClick(new Click { Sequence = 2 }));

        Assert.Equal([2L], retained.Between(0, long.MaxValue, static _ => true).Select(static click => click.Sequence));
    }

    [Fact]
    public void Memory_of_what_is_forgotten_is_filled_again_and_shows_nothing_of_it()
    {
        var retained = new RetainedClicks();
        for (var sequence = 1; sequence <= 20_000; sequence++)
        {
            retained.Add(new CountedClick(new Click { Sequence = sequence }));
            retained.Forget(sequence % 5_000 == 0 ? sequence - 100 : 0);
        }

        Assert.Equal(Enumerable.Range(19_901, 100).Select(number => (long)number), retained.Between(0, long.MaxValue, static _ => true).Select(static click => click.Sequence));
    }
}
