using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Producer;
using Guard.Grains.Hosting;
using Guard.Grains.Ingest;
using Guard.Grains.Streaming;

namespace Guard.Grains.Tests.Streaming;

/// <summary>
/// From a producer through an event hub to decisions, against the connection string in GUARD_TEST_EVENTHUBS. One with an
/// EntityPath names a hub that holds nothing yet and that nobody else uses: run one test at a time there.
/// </summary>
public sealed class HubEndToEndTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private static string Connection => Environment.GetEnvironmentVariable("GUARD_TEST_EVENTHUBS") ?? "";

    [Fact]
    public async Task Messages_of_a_producer_become_decisions_each_once_in_order()
    {
        Assert.SkipWhen(Connection.Length == 0, "GUARD_TEST_EVENTHUBS holds no connection string of an event hub.");
        var hub = HubName();
        await using var cluster = await GuardCluster.StartAsync(configure: silo => silo.AddGuardHub(Configure(hub)));
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(11, 3000);

        await using var producer = Producer(hub);
        await SendAsync(producer, messages[..1500]);
        await SendAsync(producer, messages[1500..]);
        await WaitAsync(cluster, messages.Length);

        Assert.Equal(await HubTraffic.DecideLocallyAsync(Enqueued(messages), policy, 500), await cluster.DecisionsAsync());
    }

    [Fact]
    public async Task A_silo_killed_while_a_hub_is_read_loses_and_doubles_nothing()
    {
        Assert.SkipWhen(Connection.Length == 0, "GUARD_TEST_EVENTHUBS holds no connection string of an event hub.");
        var hub = HubName();
        await using var cluster = await GuardCluster.StartAsync(3, silo => silo.AddGuardHub(Configure(hub)));
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(12, 4000);

        await using var producer = Producer(hub);
        await SendAsync(producer, messages[..2000]);
        await WaitAsync(cluster, 1000);
        await cluster.KillHostOfAsync(cluster.Partition);
        await SendAsync(producer, messages[2000..]);
        await WaitAsync(cluster, messages.Length);

        Assert.Equal(await HubTraffic.DecideLocallyAsync(Enqueued(messages), policy, 500), await cluster.DecisionsAsync());
    }

    // A connection string that names its hub is one of a real hub, which cannot be made by a client.
    private static string HubName() => Connection.Split("EntityPath=") is [_, var path] ? path.Split(';')[0] : $"test-{Guid.NewGuid():N}";

    private static Action<HubStreamOptions> Configure(string hub) => options =>
        (options.Hub, options.Connect) = (hub, connection => new EventHubConnection(Connection, hub, connection));

    private static EventHubProducerClient Producer(string hub) => new(Connection, hub);

    private static Task SendAsync(EventHubProducerClient producer, HubMessage[] messages) =>
        producer.SendAsync(messages.Select(message => new EventData(message.Body)), new SendEventOptions { PartitionId = "0" });

    // The hub's clock stamps the messages, and judges them: none of the drawn ones lies in its future.
    private static IEnumerable<HubMessage> Enqueued(HubMessage[] messages) =>
        messages.Select(message => message with { EnqueuedTime = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() });

    private static async Task WaitAsync(GuardCluster cluster, int messages)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(s_patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await DecidedAsync(cluster, patience.Token) < messages)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private static async Task<long> DecidedAsync(GuardCluster cluster, CancellationToken cancellationToken)
    {
        var decided = 0L;
        while (await cluster.Segments.FindAsync(0, decided, cancellationToken) is { } segment)
        {
            decided = segment.LastMessage + 1;
        }

        return decided;
    }
}
