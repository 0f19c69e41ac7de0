using System.Buffers;
using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Estimation.Detection;
using Guard.Core.Watching.Streams;
using Guard.Grains.Counting;
using Guard.Grains.Deciding;
using Guard.Grains.Estimating;
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
        var shard = UserShard.Load(Read("shard", Shard()).Block);

        Assert.Equal((200, 7), (shard.LastSequence(3), shard.LastSequence(5)));
        Assert.True(shard.TryRead(RandomTraffic.Clicks(1, 200)[0].Click.User, out var counters));
        Assert.True(counters.Clicks.Day > 0);
    }

    [Fact]
    public void A_partition_of_format_1_is_read()
    {
        var state = Read("ingest", Ingest());

        var intake = new EventIntake(new ClusterOptions().Intake, HubTraffic.Hash, new HubQuarantine(null!));
        intake.Restore(state.Intake);
        Assert.Equal((99, "792", 4), (state.SequenceNumber, state.Offset, state.Readings));
        Assert.Equal([1, 2, 3], state.Given.Users);
        Assert.Equal(1, intake.Sequence);
    }

    [Fact]
    public void An_estimator_of_format_1_is_read()
    {
        var state = Read("estimator", Estimator());

        Assert.Equal(100, StreamDetector.Restore(state.Detector).Rows);
        Assert.Equal(100, StreamRegistry.Of("old", state.Detector).Find("old")!.Summary.Rows);
        Assert.Equal((100, 2), (state.Positions[0], state.Misfits));
    }

    [Fact]
    public void Traffic_of_format_1_is_read()
    {
        var traffic = new PartitionTraffic(Read("traffic", Traffic()), new ClusterOptions());

        Assert.Equal((19, 1, 1), (traffic.Last, traffic.Totals.Clicks, traffic.Totals.Quarantined[RejectReason.Malformed]));
        Assert.Equal(1_767_225_600_000, traffic.Tallies.Newest);
        Assert.Equal("hub/1", traffic.Rejections.Single().Origin);
        Assert.Equal(1_767_225_600_000 / 300_000 + 4, traffic.IntervalsAfter(-1, 10).Next);
        Assert.Equal(3, traffic.IntervalsAfter(-1, 10).Sums.Length);
    }

    [Fact]
    public void Tallies_that_cannot_be_read_begin_anew_and_hold_up_nothing()
    {
        var state = Traffic();
        state.Tallies[4]++;

        var traffic = new PartitionTraffic(state, new ClusterOptions());

        Assert.Contains("format version", traffic.Unread);
        Assert.Equal((19, 1, long.MinValue), (traffic.Last, traffic.Totals.Clicks, traffic.Tallies.Newest));
    }

    [Fact]
    public void A_segment_of_format_1_is_read()
    {
        var segment = Read("segment", Segment());

        var row = RowBytes.Read<DecidedRow>(segment.Rows)[0];
        Assert.Equal((10, 19, 5), (segment.FirstMessage, segment.LastMessage, segment.FirstClick));
        Assert.Equal((0.25f, 77UL), (row.Score, row.User));
        Assert.Equal(9, RowBytes.Read<PurchaseRow>(segment.Purchases)[0].ValueMicros);
    }

    [Fact]
    public void A_segment_with_texts_of_format_1_is_read()
    {
        var segment = new NumberedSegment(1, Read("segment-texts", SegmentWithTexts()));

        Assert.Equal(new DecisionTexts("c-1", "/ads/click/eu1", "k1", "", "a farm"), segment.Texts(0));
        Assert.Equal(new DecisionTexts("c-2", "/ads/click/eu1", "", "a1", null), segment.Texts(1));
    }

    [Fact]
    public void The_decision_index_of_format_1_is_read()
    {
        var head = Read("index-head", IndexHead());

        var directory = DecisionDirectory.Empty.Apply(head.Since);
        Assert.Equal((3, 12, 2), (directory.Version, directory.Last, directory.NextOrdinal));
        Assert.Equal((0, 50), (head.Base, head.Next[10_000]));
        Assert.Equal(IndexHead().Since.Entries, directory.Entries);
    }

    [Fact]
    public void A_chunk_of_decisions_of_format_1_is_read()
    {
        var chunk = Read("chunk", Chunk());

        Assert.Equal("c-2", new NumberedSegment(7, Assert.Single(chunk.Parts)).Texts(1).Id);
        Assert.Equal([1], Read("chunk-keys", ChunkKeys.Of(chunk)).Find(102));
    }

    [Fact]
    public void A_group_of_an_event_log_of_format_1_is_read()
    {
        var group = Read("group", Group());

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

    private static ShardState Shard()
    {
        var shard = new UserShard(1000);
        Click[] clicks = [.. RandomTraffic.Clicks(1, 200).Select(item => item.Click)];
        shard.Apply(3, clicks, [.. Enumerable.Range(0, 200)], new UserCounters[200]);
        shard.Apply(5, [clicks[0] with { Sequence = 7 }], [0], new UserCounters[1]);
        var block = new ArrayBufferWriter<byte>();
        shard.Save(block);
        return new ShardState { Block = block.WrittenSpan.ToArray() };
    }

    private static TrafficState Traffic()
    {
        var traffic = new PartitionTraffic(new TrafficState(), new ClusterOptions());
        const long time = 1_767_225_600_000;
        var leaf = Slice.Parse("mobile/in/DE");
        traffic.Apply(new DecisionSegment
        {
            LastMessage = 19,
            Rows = RowBytes.Of<DecidedRow>([new DecidedRow(new Click { Id = 5, Time = time }, new Core.Scoring.Decision { Score = 0.25f, Slice = leaf })]),
            Notes = new SegmentNotes { Arrived = time, Rejections = [new SegmentRejection(time, RejectReason.Malformed, "no object", "hub/1", 0, 7)] },
        });
        traffic.Wait(TimeSpan.FromMinutes(30));
        return traffic.ToState(DateTimeOffset.UnixEpoch);
    }

    private static IngestState Ingest()
    {
        var intake = new EventIntake(new ClusterOptions().Intake, HubTraffic.Hash, new HubQuarantine(null!));
        var click = HubTraffic.Messages(1, 50).First(message => message.Body.AsSpan().IndexOf("guard.ad.click.v1"u8) >= 0);
        intake.Take(click.Body, default, EventDecoder.NoClock, new EventBatch());
        var bytes = new ArrayBufferWriter<byte>();
        intake.Save(bytes);
        return new IngestState { SequenceNumber = 99, Offset = "792", Intake = bytes.WrittenSpan.ToArray(), Given = new GivenClicks { Users = [1, 2, 3] }, Readings = 4 };
    }

    private static EstimatorState Estimator()
    {
        var detector = new StreamDetector();
        for (var row = 0; row < 100; row++)
        {
            detector.Update(row * 60_000L, [row % 7]);
        }

        return new EstimatorState { Detector = detector.Save(), Positions = { [0] = 100 }, Misfits = 2 };
    }

    private static DecisionSegment Segment() => new()
    {
        Partition = 1,
        FirstMessage = 10,
        LastMessage = 19,
        FirstClick = 5,
        Events = "{}\n"u8.ToArray(),
        Rows = RowBytes.Of<DecidedRow>([new DecidedRow(new Click { User = 77 }, new Core.Scoring.Decision { Score = 0.25f })]),
        Features = RowBytes.Of<float>(new float[24]),
        Purchases = RowBytes.Of<PurchaseRow>([new PurchaseRow(1, 2, 3, 4, 9)]),
        Model = "m",
        Thresholds = "t",
    };

    private static DecisionSegment SegmentWithTexts()
    {
        var texts = new TextColumnsWriter();
        texts.Add(new DecisionTexts("c-1", "/ads/click/eu1", "k1", "", "a farm"));
        texts.Add(new DecisionTexts("c-2", "/ads/click/eu1", "", "a1", null));
        var (ends, content) = texts.Take();
        return new DecisionSegment
        {
            Rows = RowBytes.Of<DecidedRow>([new DecidedRow(new Click { Id = 101 }, default), new DecidedRow(new Click { Id = 102 }, default)]),
            Features = RowBytes.Of<float>(new float[48]),
            Purchases = RowBytes.Of<PurchaseRow>([]),
            Model = "m",
            Thresholds = "t",
            TextEnds = ends,
            Texts = content,
        };
    }

    private static IndexHead IndexHead() => new()
    {
        Next = { [10_000] = 50 },
        Since = new DirectoryChange
        {
            Version = 3,
            Last = 12,
            NextOrdinal = 2,
            Entries =
            [
                new IndexEntry { FirstOrdinal = 0, LastOrdinal = 0, FirstNumber = 1, Count = 5, Partition = IndexEntry.Chunk, FirstMessage = 1, Size = 100, Numbered = 7, Version = 2 },
                new IndexEntry { FirstOrdinal = 1, LastOrdinal = 1, FirstNumber = 6, Count = 7, Partition = 10_000, FirstMessage = 20, LastMessage = 49, Size = 90, Numbered = 8, Version = 3 },
            ],
        },
    };

    private static DecisionChunk Chunk()
    {
        var builder = new ChunkBuilder();
        builder.Add(new NumberedSegment(7, SegmentWithTexts()));
        return builder.Build();
    }

    private static EventGroup Group()
    {
        var (first, second) = (new PackedEvents(), new PackedEvents());
        first.Add(new RawEvent { Position = new EventPosition("api", 1, 0), Bytes = "{\"a\":1}"u8, Length = 7 }, 0, default);
        first.Add(new RawEvent { Position = new EventPosition("api", 2, 8), Bytes = "{\"b\":2}"u8, Length = 7 }, 1, default);
        second.Add(new RawEvent { Position = new EventPosition("api", 3, 16), Bytes = "xxx"u8, Length = 70_000 }, 2, new Rejection(RejectReason.EventTooLong, "event"));
        return new EventGroup
        {
            Partition = 10_000,
            FirstMessage = 7,
            Writer = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"),
            Bodies = [new SentBody { Events = first.Take(), Time = 1_700_000_000_000 }, new SentBody { Events = second.Take(), Time = 1_700_000_000_000, WantsDecision = true }],
        };
    }
}
