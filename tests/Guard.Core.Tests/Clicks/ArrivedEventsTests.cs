using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Clicks;
using static Guard.Core.Tests.Clicks.TestEvents;

namespace Guard.Core.Tests.Clicks;

public class ArrivedEventsTests
{
    private readonly EventDecoder _decoder = new(Hash, TimeSpan.FromMinutes(5));

    [Fact]
    public void Decoding_first_and_admitting_later_gives_what_taking_in_one_by_one_gives()
    {
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var events = Events(random, 200);
            var (expected, intake) = (new EventBatch(), new EventIntake(new IntakeOptions { DuplicateCapacity = 1 }, Hash, new Ignored()));
            var outcomes = events.Select(json => intake.Take(Utf8(json), default, EventDecoder.NoClock, expected)).ToList();

            var (actual, admission) = (new EventBatch(), new Admission(new IntakeOptions { DuplicateCapacity = 1 }));
            var (replayed, admitted) = (new Admission(new IntakeOptions { DuplicateCapacity = 1 }), new List<IntakeOutcome>());
            foreach (var body in events.Chunk(random.Next(1, 60)))
            {
                var arrived = Arrived(body);
                while (arrived.Remaining > 0)
                {
                    admitted.Add(arrived.AdmitNext(admission, actual, out var arrival));
                    var numbered = arrival.Kind == EventKind.Click && admitted[^1] == IntakeOutcome.Accepted;
                    replayed.ReplayKey(arrival.Key);
                    if (numbered)
                    {
                        replayed.ReplayNumber(admission.Sequence, arrival.Time);
                    }
                }
            }

            Assert.Equal(outcomes.Where(outcome => outcome != IntakeOutcome.Rejected), admitted);
            Assert.Equal(Describe(expected), Describe(actual));
            Assert.Equal(Saved(intake.Save), Saved(admission.Save));
            Assert.Equal(Saved(admission.Save), Saved(replayed.Save));
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Fact]
    public void A_reading_of_Guards_own_has_no_duplicates()
    {
        var (arrived, batch, admission) = (new ArrivedEvents(), new EventBatch(), new Admission(new IntakeOptions()));
        arrived.Add(new TelemetryPoint("guard.clicks", Noon, [1]));
        arrived.Add(new TelemetryPoint("guard.clicks", Noon, [1]));

        Assert.Equal(IntakeOutcome.Accepted, arrived.AdmitNext(admission, batch, out _));
        Assert.Equal(IntakeOutcome.Accepted, arrived.AdmitNext(admission, batch, out var arrival));

        Assert.Equal(0UL, arrival.Key);
        Assert.Equal(2, batch.Telemetry.Count);
        Assert.Throws<InvalidOperationException>(() => arrived.AdmitNext(admission, batch, out _));
    }

    [Fact]
    public void Cleared_arrivals_begin_anew()
    {
        var arrived = Arrived([Click("1"), Click("2")]);
        var (batch, admission) = (new EventBatch(), new Admission(new IntakeOptions()));
        arrived.AdmitNext(admission, batch, out _);

        arrived.Clear();

        Assert.Equal((0, 0), (arrived.Count, arrived.Remaining));
        _decoder.Decode(Utf8(Click("3")), EventDecoder.NoClock, out var decoded);
        arrived.Add(decoded);
        arrived.AdmitNext(admission, batch, out _);
        Assert.Equal(["1", "3"], batch.Clicks.ToArray().Select(click => TextOf(batch, click.IdText)));
    }

    [Fact]
    public void Numbers_go_on_behind_a_gap_and_never_back()
    {
        var admission = new Admission(new IntakeOptions());
        admission.SkipTo(41);
        admission.SkipTo(7);

        admission.Admit(new Arrival(EventKind.Click, 1, Noon), out var sequence, out _);

        Assert.Equal(42, sequence);
    }

    private static List<string> Events(Random random, int count)
    {
        var events = new List<string>();
        for (var index = 0; index < count; index++)
        {
            var time = Noon + index * 4000 - random.Next(0, 900_000);
            events.Add(random.Next(8) switch
            {
                0 => Purchase($$"""{"clickId":"c-{{random.Next(20)}}","orderId":"o","valueMicros":1}""", $"p-{random.Next(40)}"),
                1 => Telemetry("""{"stream":"s","values":[1,null]}""", $"t-{random.Next(40)}"),
                2 => "rubbish",
                3 => Click($"c-{index}", time, """{"sessionId":"s"}"""),
                _ => Click($"c-{random.Next(count)}", time),
            });
        }

        return events;
    }

    private ArrivedEvents Arrived(IEnumerable<string> events)
    {
        var arrived = new ArrivedEvents();
        foreach (var json in events)
        {
            if (_decoder.Decode(Utf8(json), EventDecoder.NoClock, out var decoded).IsRejected)
            {
                continue;
            }

            arrived.Add(decoded);
        }

        return arrived;
    }

    private static List<string> Describe(EventBatch batch) =>
    [
        .. batch.Clicks.ToArray().Select(click => string.Join('|', click with { IdText = default, SourceText = default, UserAgentText = default, AddressText = default, CampaignText = default, AdvertiserText = default },
            TextOf(batch, click.IdText), TextOf(batch, click.SourceText), TextOf(batch, click.UserAgentText), TextOf(batch, click.AddressText), TextOf(batch, click.CampaignText), TextOf(batch, click.AdvertiserText))),
        .. batch.Purchases.ToArray().Select(purchase => purchase.ToString()),
        .. batch.Telemetry.Select(point => $"{point.Stream} {point.Time} {string.Join(' ', point.Values)}"),
    ];

    private static byte[] Saved(Action<IBufferWriter<byte>> save)
    {
        var writer = new ArrayBufferWriter<byte>();
        save(writer);
        return writer.WrittenSpan.ToArray();
    }

    private sealed class Ignored : IQuarantine
    {
        public void Add(in RejectedEvent rejected)
        {
        }
    }
}
