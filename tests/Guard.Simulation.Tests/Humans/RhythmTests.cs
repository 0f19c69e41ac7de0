using Guard.Simulation.Scenarios;
using MathNet.Numerics.Statistics;

namespace Guard.Simulation.Tests.Humans;

public sealed class RhythmTests
{
    /// <summary>UTC clicks per hour of the TalkingData sample, whose clicks are from China.</summary>
    private static readonly double[] s_utcCounts =
    [
        5654, 5103, 5137, 5264, 6039, 5400, 5079, 5089, 4576, 4867, 5511, 5342,
        5326, 5619, 5561, 4957, 3812, 2176, 1183, 870, 699, 864, 2002, 3870,
    ];

    private static readonly SimulatedStream s_people = SimulatedStream.TwoWeeks;

    [Theory]
    [InlineData("CN", 8)]
    [InlineData("DE", 1)]
    [InlineData("US", -6)]
    public void Human_sessions_follow_the_real_curve_in_local_time(string marketplace, int offset)
    {
        var counts = new double[24];
        foreach (var click in s_people.Humans.Where(click => click.Marketplace == marketplace).DistinctBy(click => click.Session, StringComparer.Ordinal))
        {
            counts[(click.Time.Hour + offset + 24) % 24]++;
        }

        var expected = Enumerable.Range(0, 24).Select(local => s_utcCounts[(local + 16) % 24]).ToArray();
        Assert.True(Correlation.Pearson(expected, counts) > 0.95, $"The correlation is {Correlation.Pearson(expected, counts)}.");
    }

    [Fact]
    public void Saturdays_see_more_clicks_than_Tuesdays()
    {
        var china = s_people.Humans.Where(click => click.Marketplace == "CN").ToLookup(click => click.Time.AddHours(8).DayOfWeek);
        Assert.True(china[DayOfWeek.Saturday].Count() > 1.05 * china[DayOfWeek.Tuesday].Count());
    }

    [Fact]
    public void A_holiday_multiplies_clicks_and_purchases_on_its_days_alone()
    {
        var holiday = new SimulatedStream(TestScenario.People with { Holiday = new HolidaySurge(3, 2, ClickFactor: 3, PurchaseFactor: 2) });
        var ordinary = new SimulatedStream(TestScenario.People);
        Assert.Equal(3, On(holiday, 3, 4) / On(ordinary, 3, 4), 0.3);
        Assert.Equal(1, On(holiday, 0, 2) / On(ordinary, 0, 2), 0.05);
        Assert.Equal(1, On(holiday, 5, 6) / On(ordinary, 5, 6), 0.15);
        Assert.Equal(2, BuyingShare(holiday, 3, 4) / BuyingShare(ordinary, 3, 4), 0.5);

        static double On(SimulatedStream stream, int first, int last) =>
            stream.Humans.Count(click => (click.Time - TestScenario.Start).Days is var day && day >= first && day <= last);

        static double BuyingShare(SimulatedStream stream, int first, int last)
        {
            // Purchases within two hours, so that the stream's end cuts both alike.
            var bought = stream.Purchases.ToDictionary(purchase => purchase.Click, purchase => purchase.Time, StringComparer.Ordinal);
            var clicks = stream.Humans.Where(click => (click.Time - TestScenario.Start).Days is var day && day >= first && day <= last).ToList();
            return clicks.Count(click => bought.TryGetValue(click.Id, out var time) && time - click.Time < TimeSpan.FromHours(2)) / (double)clicks.Count;
        }
    }
}
