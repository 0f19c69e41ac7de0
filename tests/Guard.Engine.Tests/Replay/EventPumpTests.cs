using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Engine.Replay;

namespace Guard.Engine.Tests.Replay;

public sealed class EventPumpTests
{
    [Fact]
    public async Task Every_click_arrives_once_and_in_order()
    {
        var clicks = RandomTraffic.Clicks(3, 10_000);
        var seen = new List<long>();

        var count = await EventPump.RunAsync(
            new ListSource(clicks),
            (batch, _) =>
            {
                foreach (ref readonly var click in batch.Clicks)
                {
                    seen.Add(click.Sequence);
                }

                return ValueTask.CompletedTask;
            },
            batchSize: 333,
            TestContext.Current.CancellationToken);

        Assert.Equal(10_000, count);
        Assert.Equal(clicks.Select(item => item.Click.Sequence), seen);
    }

    [Fact]
    public async Task What_the_consumer_throws_ends_the_run_without_a_read_in_flight()
    {
        var source = new ListSource(RandomTraffic.Clicks(3, 1000));

        await Assert.ThrowsAsync<InvalidDataException>(() => EventPump.RunAsync(
            source, (_, _) => throw new InvalidDataException("full"), batchSize: 10, TestContext.Current.CancellationToken));

        Assert.False(source.Reading);
    }

    [Fact]
    public async Task What_the_source_throws_reaches_the_caller_after_what_it_had_delivered()
    {
        var clicks = 0;

        await Assert.ThrowsAsync<InvalidDataException>(() => EventPump.RunAsync(
            new ListSource(RandomTraffic.Clicks(3, 100)) { FailAtEnd = true },
            (batch, _) =>
            {
                clicks += batch.Clicks.Length;
                return ValueTask.CompletedTask;
            },
            batchSize: 10,
            TestContext.Current.CancellationToken));

        Assert.Equal(100, clicks);
    }

    private sealed class ListSource((Click Click, string Id)[] clicks) : IEventSource
    {
        private int _next;

        public bool FailAtEnd { get; init; }

        public bool Reading { get; private set; }

        public ValueTask<bool> ReadAsync(EventBatch batch, int maximum, CancellationToken cancellationToken = default)
        {
            Reading = true;
            var count = Math.Min(maximum, clicks.Length - _next);
            if (count == 0 && FailAtEnd)
            {
                throw new InvalidDataException("cut short");
            }

            RandomTraffic.Fill(batch, clicks.AsSpan(_next, count));
            _next += count;
            Reading = false;
            return ValueTask.FromResult(count > 0);
        }
    }
}
