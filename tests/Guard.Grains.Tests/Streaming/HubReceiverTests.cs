using System.Diagnostics.Metrics;
using Azure.Messaging.EventHubs;
using Guard.Grains.Ingest;
using Guard.Grains.Streaming;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Serialization;

namespace Guard.Grains.Tests.Streaming;

public sealed class HubReceiverTests
{
    private static readonly IServiceProvider s_services = new ServiceCollection().AddMetrics().AddSerializer().BuildServiceProvider();
    private static readonly CachedPartitions s_cached = new(new IngestInstruments(s_services.GetRequiredService<IMeterFactory>(), TimeProvider.System));

    [Fact]
    public async Task What_was_read_of_the_hub_waits_until_the_stream_hands_it_on()
    {
        var came = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        using var measured = new Measured(meters);
        var cached = new CachedPartitions(new IngestInstruments(meters, new FixedTime(came.AddSeconds(60))));
        var adapter = new HubDataAdapter(s_services.GetRequiredService<Serializer>(), cached);
        EventData[] messages = [.. Enumerable.Range(0, 4).Select(index =>
            EventHubsModelFactory.EventData(new BinaryData("{}"), sequenceNumber: 7 + index, offsetString: $"{index}", enqueuedTime: came.AddSeconds(index)))];
        var reads = new Queue<EventData[]>(messages.Chunk(2));
        var receiver = new HubReceiver("3", "6", _ => new OpenPartition((_, _, _) => Task.FromResult<IEnumerable<EventData>>(reads.Dequeue()), _ => Task.CompletedTask), cached, NullLogger.Instance);
        Assert.Equal([0], Ages());

        await receiver.ReceiveAsync(10, TimeSpan.Zero, TestContext.Current.CancellationToken);
        await receiver.ReceiveAsync(10, TimeSpan.Zero, TestContext.Current.CancellationToken);
        Assert.Equal([60], Ages());
        HandOn(0);
        Assert.Equal([60], Ages());
        HandOn(1);
        Assert.Equal([58], Ages());
        HandOn(2);
        HandOn(3);
        Assert.Equal([0], Ages());
        await receiver.CloseAsync(TestContext.Current.CancellationToken);
        Assert.Empty(Ages());

        double[] Ages() => measured.Now("guard.queue.age guard.partition=3");

        void HandOn(int index)
        {
            var message = adapter.FromQueueMessage(adapter.GetStreamPosition("3", messages[index]), messages[index], came.UtcDateTime, size => new byte[size]);
            Assert.Equal(7 + index, ((HubBatchContainer)adapter.GetBatchContainer(ref message)).Message.SequenceNumber);
        }
    }

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
        }, s_cached, NullLogger.Instance);

        var messages = await receiver.ReceiveAsync(10, TimeSpan.Zero, TestContext.Current.CancellationToken);

        Assert.Equal("first", Assert.Single(messages).EventBody.ToString());
        Assert.Equal((2, 1), (opened, closed));
    }

    [Fact]
    public async Task A_hub_that_refuses_its_earliest_message_too_is_an_error()
    {
        var receiver = new HubReceiver("0", "5", _ => new OpenPartition((_, _, _) => Refuse("5"), _ => Task.CompletedTask), s_cached, NullLogger.Instance);

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
