using Guard.Core.Clicks;
using static Guard.Azure.Tests.Events.Messages;

namespace Guard.Azure.Tests.Events;

public sealed class BatchModeTests
{
    private const string Batch = "application/cloudevents-batch+json; charset=utf-8";

    [Fact]
    public void A_batch_gives_its_events_in_order_with_their_places()
    {
        var second = ClickEvent.Replace("c-1", "c-2", StringComparison.Ordinal);
        var events = Map(Message($" [ {ClickEvent} ,\n{second}] ", Batch));

        Assert.Equal([ClickEvent, second], events.Select(TextOf));
        Assert.Equal([1L, 2L], events.Select(mapped => mapped.Position.Line));
        Assert.All(events, mapped => Assert.Equal(4711, mapped.Position.Offset));
    }

    [Fact]
    public void An_element_that_is_no_event_is_rejected_alone()
    {
        var seen = Take(Message($"[7,{ClickEvent},\"x\"]", Batch));

        Assert.Equal(1, seen.Batch.Clicks.Length);
        Assert.Equal([1L, 3L], seen.Rejected.Select(rejected => rejected.Position.Line));
    }

    [Theory]
    [InlineData("[{0}", 2)]
    [InlineData("[{0},", 2)]
    [InlineData("[{0},{{\"id\":", 2)]
    [InlineData("[{0}] trailing", 2)]
    public void What_stands_whole_before_a_fault_is_taken_and_the_rest_is_one_rejection(string format, long place)
    {
        var seen = Take(Message(format.Replace("{0}", ClickEvent, StringComparison.Ordinal).Replace("{{", "{", StringComparison.Ordinal), Batch));

        Assert.Equal(1, seen.Batch.Clicks.Length);
        var rejected = Assert.Single(seen.Rejected);
        Assert.Equal((RejectReason.Malformed, place), (rejected.Rejection.Reason, rejected.Position.Line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"specversion\":\"1.0\"}")]
    [InlineData("rubbish")]
    public void A_batch_without_events_is_one_rejection(string body)
    {
        var rejected = Assert.Single(Take(Message(body, Batch)).Rejected);

        Assert.Equal(RejectReason.Malformed, rejected.Rejection.Reason);
    }
}
