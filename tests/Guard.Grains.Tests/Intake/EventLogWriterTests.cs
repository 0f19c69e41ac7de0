using Guard.Core.Lifecycle;
using Guard.Engine.Artifacts;
using Guard.Grains.Intake;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Guard.Grains.Tests.Intake;

public sealed class EventLogWriterTests : IDisposable
{
    private const int Partition = 10_003;
    private readonly TemporaryFolder _folder = new();
    private readonly SteppedTime _time = new();
    private readonly EventLog _log;

    public EventLogWriterTests() =>
        _log = new EventLog(new FileArtifactStore(_folder.Path), new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_are_read_in_order_from_any_of_them_on()
    {
        var writer = await BeginAsync(-1);
        await AppendAsync(writer, 3);
        await AppendAsync(writer, 1);
        await AppendAsync(writer, 2);

        Assert.Equal([0, 1, 2], await ReadAsync(0));
        Assert.Equal([1, 2], await ReadAsync(1));
        Assert.Equal([3], await ReadAsync(3));
        Assert.Equal([5], await ReadAsync(5));
        Assert.Empty(await ReadAsync(6));
    }

    [Fact]
    public async Task Groups_are_deleted_that_are_committed_and_old_but_never_the_newest()
    {
        var writer = await BeginAsync(-1);
        await AppendAsync(writer, 3);
        await AppendAsync(writer, 3);
        await writer.TrimAsync(5, Cancellation);
        Assert.Equal([0, 3], await _log.StartsAsync(Partition, Cancellation));

        _time.Step(TimeSpan.FromMinutes(2));
        await writer.TrimAsync(1, Cancellation);
        Assert.Equal([0, 3], await _log.StartsAsync(Partition, Cancellation));
        await writer.TrimAsync(5, Cancellation);

        Assert.Equal([3], await _log.StartsAsync(Partition, Cancellation));
        Assert.Equal([3, 4, 5], await ReadAsync(2));
    }

    [Fact]
    public async Task What_an_earlier_owner_left_is_deleted_too()
    {
        await AppendAsync(await BeginAsync(-1), 2);
        var writer = await BeginAsync(1);
        await AppendAsync(writer, 2);
        _time.Step(TimeSpan.FromMinutes(2));

        await writer.TrimAsync(3, Cancellation);

        Assert.Equal([2], await _log.StartsAsync(Partition, Cancellation));
    }

    [Fact]
    public async Task Of_two_owners_the_second_to_write_a_group_gives_way()
    {
        var (first, second) = (await BeginAsync(-1), await BeginAsync(-1));
        await AppendAsync(first, 1);

        await Assert.ThrowsAsync<ArtifactConflictException>(() => AppendAsync(second, 1));
    }

    [Fact]
    public async Task An_owner_that_was_held_up_gives_way_although_the_group_it_would_write_is_deleted_by_now()
    {
        var heldUp = await BeginAsync(-1);
        await AppendAsync(heldUp, 1);
        var next = await BeginAsync(0);
        await AppendAsync(next, 1);
        await AppendAsync(next, 1);
        _time.Step(TimeSpan.FromMinutes(2));
        await next.TrimAsync(2, Cancellation);
        Assert.Equal([2], await _log.StartsAsync(Partition, Cancellation));

        await Assert.ThrowsAsync<ArtifactConflictException>(() => AppendAsync(heldUp, 1));
        await AppendAsync(next, 1);

        Assert.Equal([3], await ReadAsync(3));
    }

    [Fact]
    public async Task An_owner_to_whom_nothing_was_sent_for_long_goes_on()
    {
        var writer = await BeginAsync(-1);
        await AppendAsync(writer, 1);
        _time.Step(TimeSpan.FromHours(1));

        await AppendAsync(writer, 1);

        Assert.Equal([1], await ReadAsync(1));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<EventLogWriter> BeginAsync(long last)
    {
        var writer = new EventLogWriter(Partition, _log, new Retries(_time, TimeSpan.FromSeconds(1)), _time);
        await writer.BeginAsync(last, _time.GetTimestamp(), Cancellation);
        return writer;
    }

    private static Task<EventGroup> AppendAsync(EventLogWriter writer, int messages) =>
        writer.AppendAsync([.. Enumerable.Range(0, messages).Select(_ => new SentBody { Events = [1], Time = 5 })], Cancellation);

    private async Task<List<long>> ReadAsync(long from) => [.. (await _log.ReadAsync(Partition, from, 100, Cancellation)).Select(message => message.SequenceNumber)];

    private sealed class SteppedTime : TimeProvider
    {
        private TimeSpan _passed;

        public override long GetTimestamp() => _passed.Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Step(TimeSpan by) => _passed += by;
    }
}
