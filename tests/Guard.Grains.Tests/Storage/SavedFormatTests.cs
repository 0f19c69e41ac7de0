using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Estimation.Detection;
using Guard.Core.Watching.Streams;
using Guard.Grains.Counting;
using Guard.Grains.Deciding;
using Guard.Grains.Ingest;
using Guard.Grains.Intake;
using Guard.Grains.Reading;
using Guard.Grains.Reading.Chunks;
using Guard.Grains.Reading.Index;
using Guard.Grains.Watching;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Guard.Grains.Tests.Storage;

/// <summary>
/// State that format 1 wrote, kept as files beside this test, must be readable for ever. With GUARD_WRITE_FORMAT set to a
/// folder the files are written there: into a folder of its own for each new format, never over an old one.
/// </summary>
public sealed class SavedFormatTests
{
    private static readonly Serializer s_serializer = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Storage", "Format1");

    [Fact]
    public void A_shard_of_format_1_is_read()
    {
        var shard = UserShard.Load(Read("shard", SavedSamples.Shard()).Block);

        Assert.Equal((200, 7), (shard.LastSequence(3), shard.LastSequence(5)));
        Assert.True(shard.TryRead(RandomTraffic.Clicks(1, 200)[0].Click.User, out var counters));
        Assert.True(counters.Clicks.Day > 0);
    }

    [Fact]
    public void A_partition_of_format_1_is_read()
    {
        var state = Read("ingest", SavedSamples.Ingest());

        var intake = new EventIntake(new ClusterOptions().Intake, HubTraffic.Hash, new HubQuarantine(null!));
        intake.Restore(state.Intake);
        Assert.Equal((99, "792", 4), (state.SequenceNumber, state.Offset, state.Readings));
        Assert.Equal([1, 2, 3], state.Given.Users);
        Assert.Equal(1, intake.Sequence);
    }

    [Fact]
    public void An_estimator_of_format_1_is_read()
    {
        var state = Read("estimator", SavedSamples.Estimator());

        Assert.Equal(100, StreamDetector.Restore(state.Detector).Rows);
        Assert.Equal(100, StreamRegistry.Of("old", state.Detector).Find("old")!.Summary.Rows);
        Assert.Equal((100, 2), (state.Positions[0], state.Misfits));
    }

    [Fact]
    public void Traffic_of_format_1_is_read()
    {
        var traffic = new PartitionTraffic(Read("traffic", SavedSamples.Traffic()), new ClusterOptions());

        Assert.Equal((19, 1, 1), (traffic.Last, traffic.Totals.Clicks, traffic.Totals.Quarantined[RejectReason.Malformed]));
        Assert.Equal(1_767_225_600_000, traffic.Tallies.Newest);
        Assert.Equal("hub/1", traffic.Rejections.Single().Origin);
        Assert.Equal(1_767_225_600_000 / 300_000 + 4, traffic.IntervalsAfter(-1, 10).Next);
        Assert.Equal(3, traffic.IntervalsAfter(-1, 10).Sums.Length);
    }

    [Fact]
    public void Tallies_that_cannot_be_read_begin_anew_and_hold_up_nothing()
    {
        var state = SavedSamples.Traffic();
        state.Tallies[4]++;

        var traffic = new PartitionTraffic(state, new ClusterOptions());

        Assert.Contains("format version", traffic.Unread);
        Assert.Equal((19, 1, long.MinValue), (traffic.Last, traffic.Totals.Clicks, traffic.Tallies.Newest));
    }

    [Fact]
    public void A_segment_of_format_1_is_read()
    {
        var segment = Read("segment", SavedSamples.Segment());

        var row = RowBytes.Read<DecidedRow>(segment.Rows)[0];
        Assert.Equal((10, 19, 5), (segment.FirstMessage, segment.LastMessage, segment.FirstClick));
        Assert.Equal((0.25f, 77UL), (row.Score, row.User));
        Assert.Equal(9, RowBytes.Read<PurchaseRow>(segment.Purchases)[0].ValueMicros);
    }

    [Fact]
    public void A_segment_with_texts_of_format_1_is_read()
    {
        var segment = new NumberedSegment(1, Read("segment-texts", SavedSamples.SegmentWithTexts()));

        Assert.Equal(new DecisionTexts("c-1", "/ads/click/eu1", "k1", "", "a farm"), segment.Texts(0));
        Assert.Equal(new DecisionTexts("c-2", "/ads/click/eu1", "", "a1", null), segment.Texts(1));
    }

    [Fact]
    public void The_decision_index_of_format_1_is_read()
    {
        var head = Read("index-head", SavedSamples.IndexHead());

        var directory = DecisionDirectory.Empty.Apply(head.Since);
        Assert.Equal((3, 12, 2), (directory.Version, directory.Last, directory.NextOrdinal));
        Assert.Equal((0, 50), (head.Base, head.Next[10_000]));
        Assert.Equal(SavedSamples.IndexHead().Since.Entries, directory.Entries);
    }

    [Fact]
    public void A_chunk_of_decisions_of_format_1_is_read()
    {
        var chunk = Read("chunk", SavedSamples.Chunk());

        Assert.Equal("c-2", new NumberedSegment(7, Assert.Single(chunk.Parts)).Texts(1).Id);
        Assert.Equal([1], Read("chunk-keys", ChunkKeys.Of(chunk)).Find(102));
    }

    [Fact]
    public void A_group_of_an_event_log_of_format_1_is_read()
    {
        var group = Read("group", SavedSamples.Group());

        Assert.Equal((10_000, 7, 8), (group.Partition, group.FirstMessage, group.LastMessage));
        var events = new List<HubEvent>();
        foreach (var message in EventLog.Messages(group))
        {
            new BodyMapping().Map(group.Partition, message, events);
        }

        Assert.Equal([("{\"a\":1}", 0, 1L, 0L, RejectReason.None), ("{\"b\":2}", 1, 2L, 8L, RejectReason.None), ("xxx", 2, 3L, 16L, RejectReason.EventTooLong)],
            events.Select(item => (Encoding.UTF8.GetString(item.Json.Span), item.Index, item.Position.Line, item.Position.Offset, item.Rejection.Reason)));
        Assert.Equal((70_000, "event"), (events[2].Length, events[2].Rejection.Detail));
        Assert.Equal((1_700_000_000_000, true), (group.Bodies[1].Time, group.Bodies[1].WantsDecision));
    }

    private static T Read<T>(string name, T written)
    {
        if (Environment.GetEnvironmentVariable("GUARD_WRITE_FORMAT") is { Length: > 0 } folder)
        {
            File.WriteAllBytes(Path.Combine(folder, $"{name}.bin"), s_serializer.SerializeToArray(written));
        }

        return s_serializer.Deserialize<T>(File.ReadAllBytes(Path.Combine(Folder, $"{name}.bin")))!;
    }
}
