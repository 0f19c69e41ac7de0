using System.Net;
using System.Net.Sockets;
using Guard.Core.Clicks;
using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Tests.Humans;

public sealed class CrowdTests
{
    private static readonly SimulatedStream s_people = SimulatedStream.TwoWeeks;

    [Fact]
    public void There_are_as_many_clicks_a_day_as_asked_for() =>
        Assert.Equal(2000, s_people.Clicks.Count / 14.0, 150.0);

    [Fact]
    public void People_have_the_devices_and_marketplaces_of_the_scenario()
    {
        var people = s_people.Clicks.GroupBy(click => click.User, StringComparer.Ordinal).Select(group => group.First()).ToList();
        double Share(Func<ClickSeen, bool> holds) => people.Count(holds) / (double)people.Count;
        Assert.Equal(0.4, Share(click => click.Device == "desktop"), 0.05);
        Assert.Equal(0.4, Share(click => click.Device == "mobile"), 0.05);
        Assert.Equal(0.15, Share(click => click.Device == "tablet"), 0.03);
        Assert.Equal(0.05, Share(click => click.Device == "tv"), 0.02);
        Assert.Equal(0.4, Share(click => click.Marketplace == "CN"), 0.05);
        Assert.Equal(0.35, Share(click => click.Marketplace == "DE"), 0.05);
        Assert.Equal(0.25, Share(click => click.Marketplace == "US"), 0.05);
    }

    [Theory]
    [InlineData("desktop", 0.6)]
    [InlineData("mobile", 0.5)]
    [InlineData("tablet", 0.4)]
    public void Sessions_are_logged_in_as_often_as_asked_for(string device, double expected)
    {
        // Each person counts once, for the few most active would otherwise sway the share.
        var shares = s_people.Clicks.Where(click => click.Device == device)
            .GroupBy(click => click.User, StringComparer.Ordinal)
            .Select(group => group.Average(click => click.LoggedIn ? 1.0 : 0))
            .ToList();
        Assert.Equal(expected, shares.Average(), 0.06);
    }

    [Fact]
    public void Sessions_are_mostly_short_with_a_heavy_tail()
    {
        var sessions = s_people.Clicks.GroupBy(click => click.Session, StringComparer.Ordinal).Select(group => group.Count()).ToList();
        Assert.InRange(sessions.Count(count => count <= 3) / (double)sessions.Count, 0.88, 0.96);
        Assert.InRange(sessions.Max(), 20, 60);
    }

    [Fact]
    public void Gaps_in_a_session_are_seconds_to_minutes()
    {
        var gaps = Gaps(s_people.Clicks);
        Assert.InRange(gaps[gaps.Count / 2], 30, 60);
        Assert.True(gaps[gaps.Count / 100] < 2);
        Assert.True(gaps[gaps.Count * 99 / 100] > 300);
        Assert.True(gaps[^1] <= 29 * 60 + 1);
    }

    [Fact]
    public void Some_people_click_far_more_than_most()
    {
        var counts = s_people.Clicks.GroupBy(click => click.User, StringComparer.Ordinal).Select(group => group.Count()).OrderDescending().ToList();
        Assert.InRange(counts.Take(counts.Count / 10).Sum() / (double)s_people.Clicks.Count, 0.3, 0.7);
    }

    [Fact]
    public void Purchases_follow_their_clicks_within_minutes_to_days_and_name_the_same_user()
    {
        var clicks = s_people.Clicks.ToDictionary(click => click.Id, StringComparer.Ordinal);
        var following = s_people.Purchases.Where(purchase => purchase.Time >= TestScenario.Start).ToList();
        Assert.All(following, purchase => Assert.Equal(clicks[purchase.Click].User, purchase.User));
        Assert.All(following, purchase => Assert.True(purchase.Value > 0));
        var minutes = following.Select(purchase => (purchase.Time - clicks[purchase.Click].Time).TotalMinutes).Order().ToList();
        Assert.InRange(minutes[0], 0.99, 5);
        Assert.InRange(minutes[minutes.Count / 2], 45, 75);
        Assert.InRange(minutes[^1], 1440, 14 * 1440);
    }

    [Fact]
    public void Desktops_and_logins_buy_more_often()
    {
        var bought = s_people.Purchases.Select(purchase => purchase.Click).ToHashSet(StringComparer.Ordinal);
        double Rate(Func<ClickSeen, bool> of) => s_people.Clicks.Where(of).Average(click => bought.Contains(click.Id) ? 1.0 : 0);
        Assert.Equal(0.04, Rate(click => click is { Device: "desktop", LoggedIn: false }), 0.015);
        Assert.Equal(0.08, Rate(click => click is { Device: "desktop", LoggedIn: true }), 0.02);
        Assert.True(Rate(click => click.Device == "desktop") > 1.5 * Rate(click => click.Device == "tablet"));
    }

    [Fact]
    public void Accounts_have_a_history_of_purchases_at_the_head_of_the_stream()
    {
        var past = s_people.Purchases.TakeWhile(purchase => purchase.Time < TestScenario.Start).ToList();
        Assert.All(past, purchase => Assert.InRange(purchase.Time, TestScenario.Start.AddDays(-180), TestScenario.Start));
        Assert.Equal(past.Order(Comparer<PurchaseSeen>.Create((left, right) => left.Time.CompareTo(right.Time))), past);
        Assert.Equal(s_people.Summary.PastPurchases, past.Count);
        Assert.InRange(past.Count, 1000, 3000);
        var users = s_people.Clicks.Select(click => click.User).ToHashSet(StringComparer.Ordinal);
        Assert.True(past.Count(purchase => users.Contains(purchase.User)) > 0.8 * past.Count);
    }

    [Fact]
    public void An_IPv6_home_keeps_its_prefix_and_changes_its_interface()
    {
        var six = s_people.Clicks.Where(click => click.Ip.Contains(':', StringComparison.Ordinal)).ToList();
        Assert.InRange(six.Count / (double)s_people.Clicks.Count, 0.15, 0.4);
        var busiest = six.GroupBy(click => click.User, StringComparer.Ordinal).MaxBy(group => group.Count())!;
        Assert.Single(busiest.Select(click => string.Join(':', click.Ip.Split(':').Take(4))).Distinct(StringComparer.Ordinal));
        Assert.True(busiest.Select(click => click.Ip).Distinct(StringComparer.Ordinal).Count() > 5);
        Assert.All(s_people.Clicks.Take(2000), click => Assert.Equal(
            click.Ip.Contains(':', StringComparison.Ordinal) ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork,
            IPAddress.Parse(click.Ip).AddressFamily));
    }

    [Fact]
    public void A_carrier_puts_many_phones_behind_one_address()
    {
        var phones = s_people.Clicks.Where(click => click.Device == "mobile").GroupBy(click => click.Ip, StringComparer.Ordinal)
            .Max(group => group.Select(click => click.User).Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(phones, 100, 600);
    }

    [Fact]
    public void A_NAT_gateway_has_its_people_behind_one_address_and_the_truth_names_it()
    {
        var stream = new SimulatedStream(TestScenario.People with { NatGateways = [new NatGateway(400), new NatGateway(150, "DE")] });
        var first = stream.Clicks.Where(click => click.Truth.Gateway == "nat-1").ToList();
        var second = stream.Clicks.Where(click => click.Truth.Gateway == "nat-2").ToList();
        Assert.Single(first.Select(click => click.Ip).Distinct(StringComparer.Ordinal));
        Assert.Single(second.Select(click => click.Ip).Distinct(StringComparer.Ordinal));
        Assert.All(second, click => Assert.Equal("DE", click.Marketplace));
        Assert.InRange(first.Select(click => click.User).Distinct(StringComparer.Ordinal).Count(), 270, 400);
        Assert.InRange(second.Select(click => click.User).Distinct(StringComparer.Ordinal).Count(), 90, 150);
        Assert.All(first, click => Assert.True(click.Truth.IsHuman));
        var bought = stream.Purchases.Select(purchase => purchase.Click).ToHashSet(StringComparer.Ordinal);
        Assert.Contains(first, click => bought.Contains(click.Id));
    }

    [Fact]
    public void The_mobile_shift_makes_phones_click_faster_and_buy_less_and_leaves_desktops_alone()
    {
        var shifted = new SimulatedStream(TestScenario.People with { MobileShift = new MobileShift(0.8) });
        var plain = new SimulatedStream(TestScenario.People);
        Assert.Equal(Ids(plain), Ids(shifted));
        Assert.True(MedianGap(shifted, "mobile") < 0.5 * MedianGap(plain, "mobile"));
        Assert.Equal(MedianGap(plain, "desktop"), MedianGap(shifted, "desktop"));
        Assert.True(Rate(shifted, "mobile") < 0.7 * Rate(plain, "mobile"));
        Assert.Equal(Rate(plain, "desktop"), Rate(shifted, "desktop"));

        static List<string> Ids(SimulatedStream stream) => [.. stream.Clicks.Where(click => click.Device == "desktop").Select(click => click.Id)];

        static double MedianGap(SimulatedStream stream, string device) =>
            Gaps(stream.Clicks.Where(click => click.Device == device)) is var gaps ? gaps[gaps.Count / 2] : 0;

        static double Rate(SimulatedStream stream, string device) =>
            stream.Purchases.Select(purchase => purchase.Click).ToHashSet(StringComparer.Ordinal) is var bought
                ? stream.Clicks.Where(click => click.Device == device).Average(click => bought.Contains(click.Id) ? 1.0 : 0)
                : 0;
    }

    [Fact]
    public void A_mobile_shift_that_starts_later_changes_nothing_before()
    {
        var shifted = new SimulatedStream(TestScenario.People with { MobileShift = new MobileShift(0.8, StartDay: 4) }, new SimulatorOptions(Days: 7));
        double MedianGap(int from, int to) => Gaps(shifted.Clicks.Where(click =>
            click.Device == "mobile" && (click.Time - TestScenario.Start).TotalDays is var day && day >= from && day < to)) is var gaps ? gaps[gaps.Count / 2] : 0;
        Assert.True(MedianGap(4, 7) < 0.6 * MedianGap(0, 4));
    }

    [Theory]
    [InlineData(DeviceType.Desktop, 0.1)]
    [InlineData(DeviceType.Mobile, 0.2)]
    [InlineData(DeviceType.Tablet, 0.3)]
    [InlineData(DeviceType.Tv, 0.4)]
    public void A_number_per_device_is_found_by_the_device(DeviceType device, double expected)
    {
        var numbers = new PerDevice(0.1, 0.2, 0.3, 0.4);
        Assert.Equal(expected, numbers[device]);
        Assert.Throws<ArgumentOutOfRangeException>(() => numbers[DeviceType.Unknown]);
    }

    private static List<double> Gaps(IEnumerable<ClickSeen> clicks) =>
    [
        .. clicks.GroupBy(click => click.Session, StringComparer.Ordinal)
            .Select(group => group.Select(click => click.Time).Order().ToList())
            .SelectMany(times => times.Skip(1).Zip(times, (later, earlier) => (later - earlier).TotalSeconds))
            .Order(),
    ];
}
