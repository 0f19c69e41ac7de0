using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Estimation.Detection;
using Guard.Grains.Counting;
using Guard.Grains.Deciding;
using Guard.Grains.Estimating;
using Guard.Grains.Ingest;
using Guard.Grains.Intake;
using Guard.Grains.Reading;
using Guard.Grains.Reading.Chunks;
using Guard.Grains.Reading.Index;
using Guard.Grains.Watching;

namespace Guard.Grains.Tests.Storage;

/// <summary>The state that was written in the files of a format; a new format writes the same.</summary>
internal static class SavedSamples
{
    public static ShardState Shard()
    {
        var shard = new UserShard(1000);
        Click[] clicks = [.. RandomTraffic.Clicks(1, 200).Select(item => item.Click)];
        shard.Apply(3, clicks, [.. Enumerable.Range(0, 200)], new UserCounters[200]);
        shard.Apply(5, [clicks[0] with { Sequence = 7 }], [0], new UserCounters[1]);
        var block = new ArrayBufferWriter<byte>();
        shard.Save(block);
        return new ShardState { Block = block.WrittenSpan.ToArray() };
    }

    public static TrafficState Traffic()
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

    public static IngestState Ingest()
    {
        var intake = new EventIntake(new ClusterOptions().Intake, HubTraffic.Hash, new HubQuarantine(null!));
        var click = HubTraffic.Messages(1, 50).First(message => message.Body.AsSpan().IndexOf("guard.ad.click.v1"u8) >= 0);
        intake.Take(click.Body, default, EventDecoder.NoClock, new EventBatch());
        var bytes = new ArrayBufferWriter<byte>();
        intake.Save(bytes);
        return new IngestState { SequenceNumber = 99, Offset = "792", Intake = bytes.WrittenSpan.ToArray(), Given = new GivenClicks { Users = [1, 2, 3] }, Readings = 4 };
    }

    public static EstimatorState Estimator()
    {
        var detector = new StreamDetector();
        for (var row = 0; row < 100; row++)
        {
            detector.Update(row * 60_000L, [row % 7]);
        }

        return new EstimatorState { Detector = detector.Save(), Positions = { [0] = 100 }, Misfits = 2 };
    }

    public static DecisionSegment Segment() => new()
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

    public static DecisionSegment SegmentWithTexts()
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

    public static IndexHead IndexHead() => new()
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

    public static DecisionChunk Chunk()
    {
        var builder = new ChunkBuilder();
        builder.Add(new NumberedSegment(7, SegmentWithTexts()));
        return builder.Build();
    }

    public static EventGroup Group()
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
