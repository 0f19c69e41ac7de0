using Guard.Core.Calibration;
using Guard.Core.Features;

namespace Guard.Core.Tests.Calibration;

public sealed class RoboticSessionsTests
{
    private const long Minute = 60_000;

    [Fact]
    public void More_than_k_clicks_within_an_hour_mark_the_whole_session()
    {
        var facts = Session(7, 0, 10 * Minute, 20 * Minute, 500 * Minute);
        Assert.All(RoboticSessions.Mark(facts, 2), Assert.True);
        Assert.All(RoboticSessions.Mark(facts, 3), Assert.False);
    }

    [Fact]
    public void Clicks_a_full_hour_apart_are_not_in_one_hour()
    {
        Assert.All(RoboticSessions.Mark(Session(7, 0, 60 * Minute), 1), Assert.False);
        Assert.All(RoboticSessions.Mark(Session(7, 0, 60 * Minute - 1), 1), Assert.True);
    }

    [Fact]
    public void An_hour_may_begin_at_any_click_and_clicks_come_in_any_order() =>
        Assert.All(RoboticSessions.Mark(Session(7, 100 * Minute, 0, 150 * Minute, 110 * Minute), 2), Assert.True);

    [Fact]
    public void Sessions_are_kept_apart_and_clicks_without_one_are_never_marked()
    {
        ClickFacts[] facts = [.. Session(1, 0, 1), .. Session(2, 0), .. Session(0, 0, 0, 0, 0)];
        Assert.Equal([true, true, false, false, false, false, false], RoboticSessions.Mark(facts, 1));
    }

    private static ClickFacts[] Session(ulong session, params long[] times) =>
        [.. times.Select(time => new ClickFacts(time, 0, 0, session, 0, default, false))];
}
