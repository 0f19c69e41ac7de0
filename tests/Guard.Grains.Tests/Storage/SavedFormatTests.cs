using System.Buffers;
using Guard.Core.Clicks;
using Guard.Core.Counters;
using Guard.Core.Estimation.Detection;
using Guard.Core.Watching.Streams;
using Guard.Grains.Counting;
using Guard.Grains.Deciding;
using Guard.Grains.Estimating;
using Guard.Grains.Ingest;
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
    public void A_segment_of_format_1_is_read()
    {
        var segment = Read("segment", Segment());

        var row = RowBytes.Read<DecidedRow>(segment.Rows)[0];
        Assert.Equal((10, 19, 5), (segment.FirstMessage, segment.LastMessage, segment.FirstClick));
        Assert.Equal((0.25f, 77UL), (row.Score, row.User));
        Assert.Equal(9, RowBytes.Read<PurchaseRow>(segment.Purchases)[0].ValueMicros);
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
}
