using Guard.Core.Clicks;
using static Guard.Azure.Tests.Events.Messages;

namespace Guard.Azure.Tests.Events;

public sealed class EventHubMappingTests
{
    [Theory]
    [InlineData("application/cloudevents+json")]
    [InlineData("application/cloudevents+json; charset=UTF-8")]
    [InlineData("Application/CloudEvents+JSON;charset=\"utf-8\"")]
    [InlineData("application/json")]
    [InlineData("")]
    [InlineData(null)]
    public void A_structured_event_reaches_the_intake_as_it_is(string? contentType)
    {
        var message = Message(ClickEvent, contentType);

        Assert.Equal(ClickEvent, TextOf(Assert.Single(Map(message))));
        Assert.Equal(1, Take(message).Batch.Clicks.Length);
    }

    [Fact]
    public void A_position_names_hub_partition_and_sequence_number()
    {
        Assert.Equal(new EventPosition("clicks/3", 0, 4711), Map(Message(ClickEvent)).Single().Position);

        var rejected = Assert.Single(Take(Message("rubbish")).Rejected);
        Assert.Equal((new EventPosition("clicks/3", 0, 4711), RejectReason.Malformed), (rejected.Position, rejected.Rejection.Reason));
    }

    [Fact]
    public void Properties_beside_a_structured_event_change_nothing() =>
        Assert.Equal(ClickEvent, TextOf(Map(Message(ClickEvent, "application/cloudevents+json", ClickAttributes())).Single()));

    [Theory]
    [InlineData("application/cloudevents+avro", "format other than JSON")]
    [InlineData("application/cloudevents+json; charset=utf-16", "charset")]
    [InlineData("application/octet-stream", "neither content type nor properties")]
    public void What_is_no_CloudEvent_in_JSON_is_rejected_with_what_is_wrong(string contentType, string detail)
    {
        var rejected = Assert.Single(Take(Message(ClickEvent, contentType)).Rejected);

        Assert.Equal(RejectReason.Malformed, rejected.Rejection.Reason);
        Assert.Contains(detail, rejected.Rejection.Detail, StringComparison.Ordinal);
        Assert.Equal(ClickEvent.Length, rejected.Length);
    }
}
