using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Scoring;

namespace Guard.Core.Tests.Scoring;

public sealed class ReasonsTests
{
    [Fact]
    public void The_strongest_pushes_towards_the_verdict_come_first()
    {
        float[] features = [10, 20, 30, 40, 50];
        float[] contributions = [.1f, -3, .5f, 2, .3f];

        var robot = Reasons.Strongest(features, contributions, towardsRobot: true);
        var human = Reasons.Strongest(features, contributions, towardsRobot: false);

        Assert.Equal([new Reason(3, 40, 2), new Reason(2, 30, .5f), new Reason(4, 50, .3f)], [robot[0], robot[1], robot[2]]);
        Assert.Equal(1, human.Count);
        Assert.Equal(new Reason(1, 20, -3), human[0]);
    }

    [Fact]
    public void They_are_those_that_a_full_sort_would_pick() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<short[]>(),
            pushes =>
            {
                var contributions = pushes.Select(push => (float)push).ToArray();
                var expected = contributions.Select((push, index) => new Reason(index, push, push))
                    .Where(reason => reason.Contribution > 0)
                    .OrderByDescending(reason => reason.Contribution)
                    .Take(Reasons.Capacity);

                var reasons = Reasons.Strongest(contributions, contributions, towardsRobot: true);

                return Enumerable.Range(0, reasons.Count).Select(index => reasons[index]).SequenceEqual(expected);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_earlier_of_equal_pushes_comes_first()
    {
        float[] contributions = [0, -2, 1, -2, -2, 0, -2, 1, -2];

        var human = Reasons.Strongest(contributions, contributions, towardsRobot: false);

        Assert.Equal([1, 3, 4], [human[0].Feature, human[1].Feature, human[2].Feature]);
    }

    [Fact]
    public void What_pushes_nowhere_or_is_no_number_is_no_reason()
    {
        float[] contributions = [0, -0f, float.NaN, 1e-45f, -1, float.NaN, 0];

        var robot = Reasons.Strongest(contributions, contributions, towardsRobot: true);

        Assert.Equal(1, robot.Count);
        Assert.Equal(new Reason(3, 1e-45f, 1e-45f), robot[0]);
    }

    [Fact]
    public void Reading_past_the_last_reason_is_an_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Reasons)[0]);
}
