using Guard.Engine.Tests.Log;
using Guard.Grains.Ingest;
using Guard.Grains.Streaming;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;

namespace Guard.Grains.Tests.Ingest;

public sealed class DeliveryPaceTests
{
    private static readonly HubStreamOptions s_options = new() { BatchSize = 10, GatherFor = TimeSpan.FromMilliseconds(300) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delivery_is_taken_at_once_and_the_next_waits_for_what_gathers_meanwhile()
    {
        var (time, taken) = (new FakeTime(), false);
        var run = new DeliveryPace(s_options, time).RunAsync(9, Take, Cancellation);

        Assert.InRange(await time.TimerStartedAsync(), TimeSpan.FromMicroseconds(1), s_options.GatherFor);
        Assert.True(taken);
        Assert.False(run.IsCompleted);

        time.Advance(s_options.GatherFor);
        await run.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        Task Take()
        {
            taken = true;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public void After_a_full_delivery_nothing_waits()
    {
        Assert.True(new DeliveryPace(s_options, new FakeTime()).RunAsync(10, () => Task.CompletedTask, Cancellation).IsCompletedSuccessfully);
        Assert.True(new DeliveryPace(s_options with { GatherFor = TimeSpan.Zero }, new FakeTime()).RunAsync(1, () => Task.CompletedTask, Cancellation).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_fault_is_told_at_once_and_a_stop_ends_the_wait()
    {
        var pace = new DeliveryPace(s_options, new FakeTime());
        Assert.True(pace.RunAsync(1, () => Task.FromException(new InvalidOperationException()), Cancellation).IsFaulted);

        using var stopping = new CancellationTokenSource();
        var run = pace.RunAsync(1, () => Task.CompletedTask, stopping.Token);
        await stopping.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
    }

    // Each segment that is not full keeps the next one away for as long: with messages that come one by one there are no more of them than that allows.
    [Fact]
    public async Task A_stream_of_single_messages_makes_no_more_segments_than_its_pace_allows()
    {
        await using var cluster = await GuardCluster.StartAsync(1, silo =>
        {
            silo.AddMemoryStreams(GrainNames.StreamProvider, streams =>
            {
                streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
                streams.ConfigurePullingAgent(agent => agent.Configure(pulling => (pulling.BatchContainerBatchSize, pulling.GetQueueMsgsTimerPeriod) = (s_options.BatchSize * 100, TimeSpan.FromMilliseconds(5))));
            });
            silo.Services.AddSingleton(s_options with { BatchSize = s_options.BatchSize * 100 });
        });
        var policy = await TestPolicy.PublishAsync(cluster.Artifacts);
        var messages = HubTraffic.Messages(31, 48);
        var stream = cluster.Silos.Silos[0].ServiceProvider.GetRequiredKeyedService<IStreamProvider>(GrainNames.StreamProvider).GetStream<HubMessage>(StreamId.Create(GrainNames.StreamNamespace, "0"));
        var start = TimeProvider.System.GetTimestamp();

        foreach (var message in messages)
        {
            await stream.OnNextAsync(message);
            if (message.SequenceNumber % 6 == 0)
            {
                await DecidedAsync(cluster, message.SequenceNumber);
            }
        }

        await DecidedAsync(cluster, messages.Length - 1);
        var allowed = 2 + TimeProvider.System.GetElapsedTime(start) / s_options.GatherFor;
        Assert.InRange(await cluster.Segments.ListAsync(Cancellation).CountAsync(Cancellation), 2, allowed);
        Assert.Equal(await HubTraffic.DecideLocallyAsync(messages, policy, 48), await cluster.DecisionsAsync());
    }

    private static async Task DecidedAsync(GuardCluster cluster, long message)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        for (var next = 0L; next <= message;)
        {
            if (await cluster.Segments.FindAsync(0, next, patience.Token) is { } segment)
            {
                next = segment.LastMessage + 1;
            }
            else
            {
                await Task.Delay(1, patience.Token);
            }
        }
    }
}
