using Azure.Messaging.EventHubs;
using Guard.Grains.Streaming;
using Microsoft.Extensions.Logging.Abstractions;

namespace Guard.Grains.Tests.Streaming;

public sealed class HubReceiverTests
{
    [Fact]
    public async Task A_position_that_the_hub_refuses_gives_way_to_the_earliest()
    {
        var opened = 0;
        var closed = 0;
        var receiver = new HubReceiver("0", "99999", _ =>
        {
            var refuses = ++opened == 1;
            return new OpenPartition(
                (_, _, _) => refuses ? Refuse("99999") : Task.FromResult<IEnumerable<EventData>>([new EventData("first")]),
                _ => Task.FromResult(++closed));
        }, NullLogger.Instance);

        var messages = await receiver.ReceiveAsync(10, TimeSpan.Zero, TestContext.Current.CancellationToken);

        Assert.Equal("first", Assert.Single(messages).EventBody.ToString());
        Assert.Equal((2, 1), (opened, closed));
    }

    [Fact]
    public async Task A_hub_that_refuses_its_earliest_message_too_is_an_error()
    {
        var receiver = new HubReceiver("0", "5", _ => new OpenPartition((_, _, _) => Refuse("5"), _ => Task.CompletedTask), NullLogger.Instance);

        await Assert.ThrowsAsync<ArgumentException>(() => receiver.ReceiveAsync(10, TimeSpan.Zero, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(() => receiver.ReceiveAsync(10, TimeSpan.Zero, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_body_longer_than_an_event_may_be_is_cut_so_that_the_intake_still_sees_it()
    {
        var message = HubMessages.Of(EventHubsModelFactory.EventData(new BinaryData(new byte[900_000]), sequenceNumber: 7, offsetString: "56"));

        Assert.Equal(Core.Clicks.EventLimits.EventBytes + 1, message.Body.Length);
        Assert.Equal((7, "56"), (message.SequenceNumber, message.Offset));
    }

    private static Task<IEnumerable<EventData>> Refuse(string position) => throw new ArgumentException("The supplied sequence number is invalid.", nameof(position));
}
