using Guard.Core.Clicks;
using Guard.Engine.Hosting;
using Guard.Engine.Intake;

namespace Guard.Engine.Tests.Hosting;

public sealed class DueScoresTests
{
    [Fact]
    public void A_decision_that_is_due_is_given_and_counted_though_its_click_is_not_durable()
    {
        var (scores, delivery) = (new DueScores(TimeSpan.Zero, TimeProvider.System), Delivery());
        scores.Add(delivery);

        Assert.Equal(1, scores.Give());

        Assert.True(delivery.Answer.IsCompletedSuccessfully);
        Assert.False(delivery.IsDurable);
        Assert.False(scores.AnyWaits);
        delivery.Complete();
        Assert.True(delivery.IsDurable);
    }

    [Fact]
    public void Who_was_answered_by_the_disk_waits_no_longer_and_is_not_counted()
    {
        var (scores, delivery) = (new DueScores(TimeSpan.FromHours(1), TimeProvider.System), Delivery());
        scores.Add(delivery);
        Assert.Equal(0, scores.Give());
        Assert.True(scores.AnyWaits);
        Assert.False(delivery.Answer.IsCompleted);

        delivery.Complete();

        Assert.Equal(0, scores.Give());
        Assert.False(scores.AnyWaits);
    }

    [Fact]
    public void Without_an_end_of_patience_no_decision_is_due()
    {
        var (scores, delivery) = (new DueScores(Timeout.InfiniteTimeSpan, TimeProvider.System), Delivery());

        scores.Add(delivery);

        Assert.False(scores.AnyWaits);
        Assert.Equal(0, scores.Give());
        Assert.False(delivery.Answer.IsCompleted);
    }

    private static Delivery Delivery() => new(new ArrivedEvents(), TimeProvider.System.GetTimestamp(), charge: 0) { WantsDecision = true };
}
