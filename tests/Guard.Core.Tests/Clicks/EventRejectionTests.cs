using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Clicks;
using static Guard.Core.Tests.Clicks.TestEvents;

namespace Guard.Core.Tests.Clicks;

public class EventRejectionTests
{
    private readonly EventDecoder _decoder = new(Hash, TimeSpan.FromMinutes(5));

    public static TheoryData<string, RejectReason, string> Invalid => new()
    {
        { "", RejectReason.Malformed, "event is not one JSON object" },
        { "null", RejectReason.Malformed, "event is not one JSON object" },
        { "[]", RejectReason.Malformed, "event is not one JSON object" },
        { Click()[..^1], RejectReason.Malformed, "event is not one JSON object" },
        { Click() + "{}", RejectReason.Malformed, "event is not one JSON object" },
        { Click().Replace("350000", "NaN", StringComparison.Ordinal), RejectReason.Malformed, "event is not one JSON object" },
        { Click().Replace("\"k\"", new string('[', 100) + new string(']', 100), StringComparison.Ordinal), RejectReason.Malformed, "event is not one JSON object" },
        { Click(data: new string(' ', EventLimits.EventBytes) + "{}"), RejectReason.EventTooLong, "event" },
        { "{}", RejectReason.MissingField, "specversion" },
        { Without("id"), RejectReason.MissingField, "id" },
        { Without("source"), RejectReason.MissingField, "source" },
        { Without("type"), RejectReason.MissingField, "type" },
        { Without("time"), RejectReason.MissingField, "time" },
        { Without("data"), RejectReason.MissingField, "data" },
        { Click(""), RejectReason.MissingField, "id" },
        { Click(data: "null"), RejectReason.MissingField, "data" },
        { Click(data: "[]"), RejectReason.WrongType, "data" },
        { Click().Replace("\"partitionkey\":\"k\"", "\"id\":\"other\"", StringComparison.Ordinal), RejectReason.DuplicateField, "id" },
        { Click(data: """{"userId":"a","userId":"a"}"""), RejectReason.DuplicateField, "data.userId" },
        { Click(data: """{"userId":7}"""), RejectReason.WrongType, "data.userId" },
        { Click(data: """{"userId":"u","loggedIn":"yes"}"""), RejectReason.WrongType, "data.loggedIn" },
        { Click(data: """{"userId":"u","costMicros":"5"}"""), RejectReason.WrongType, "data.costMicros" },
        { Click(data: """{"userId":"u","costMicros":-1}"""), RejectReason.OutOfRange, "data.costMicros" },
        { Click(data: """{"userId":"u","costMicros":1.5}"""), RejectReason.OutOfRange, "data.costMicros" },
        { Click(data: """{"userId":"u","costMicros":1000000000001}"""), RejectReason.OutOfRange, "data.costMicros" },
        { Click(data: """{"userId":"u","costMicros":1e999}"""), RejectReason.OutOfRange, "data.costMicros" },
        { Click(new string('i', EventLimits.Id + 1)), RejectReason.FieldTooLong, "id" },
        { Click(data: $$"""{"userId":"{{new string('u', EventLimits.User + 1)}}"}"""), RejectReason.FieldTooLong, "data.userId" },
        { Click(data: $$"""{"userId":"u","userAgent":"{{new string('a', EventLimits.UserAgent + 1)}}"}"""), RejectReason.FieldTooLong, "data.userAgent" },
        { Click(data: $$"""{"userId":"u","placement":"{{new string('p', EventLimits.Name + 1)}}"}"""), RejectReason.FieldTooLong, "data.placement" },
        { Click("a\\u0000b"), RejectReason.InvalidText, "id" },
        { Click("a\\nb"), RejectReason.InvalidText, "id" },
        { Click(data: """{"userId":"\ud800"}"""), RejectReason.InvalidText, "data.userId" },
        { Click(data: """{"userId":"u","ip":"300.1.1.1"}"""), RejectReason.InvalidAddress, "data.ip" },
        { Click(data: """{"userId":"u","marketplace":"DEU"}"""), RejectReason.InvalidMarketplace, "data.marketplace" },
        { Click(data: """{"userAgent":"a"}"""), RejectReason.NoIdentity, "data.userId, data.sessionId and data.ip" },
        { Click(time: -11_644_473_600_000), RejectReason.OutOfRange, "time" },
        { Click(time: 253_402_300_799_000), RejectReason.OutOfRange, "time" },
        { Click().Replace("12:00:00.000Z", "noon", StringComparison.Ordinal), RejectReason.InvalidTime, "time" },
        { Click().Replace("guard.ad.click.v1", "guard.ad.click.v2", StringComparison.Ordinal), RejectReason.UnknownType, "type" },
        { Click().Replace("\"1.0\"", "\"0.3\"", StringComparison.Ordinal), RejectReason.UnsupportedVersion, "specversion" },
        { Purchase("""{"clickId":"c","valueMicros":1}"""), RejectReason.MissingField, "data.orderId" },
        { Purchase("""{"clickId":"c","orderId":"o"}"""), RejectReason.MissingField, "data.valueMicros" },
        { Purchase("""{"clickId":"c","orderId":"o","valueMicros":-1}"""), RejectReason.OutOfRange, "data.valueMicros" },
        { Purchase("""{"orderId":"o","valueMicros":1}"""), RejectReason.NoIdentity, "data.clickId and data.userId" },
        { Telemetry("""{"stream":"guard.latency","values":[1]}"""), RejectReason.ReservedName, "data.stream" },
        { Telemetry("""{"values":[1]}"""), RejectReason.MissingField, "data.stream" },
        { Telemetry("""{"stream":"s"}"""), RejectReason.MissingField, "data.values" },
        { Telemetry("""{"stream":"s","values":[]}"""), RejectReason.MissingField, "data.values" },
        { Telemetry("""{"stream":"s","values":[1e999]}"""), RejectReason.OutOfRange, "data.values" },
        { Telemetry("""{"stream":"s","values":["1"]}"""), RejectReason.WrongType, "data.values" },
        { Telemetry($$"""{"stream":"s","values":[{{string.Join(',', Enumerable.Repeat(1, EventLimits.Values + 1))}}]}"""), RejectReason.FieldTooLong, "data.values" },
    };

    [Theory]
    [MemberData(nameof(Invalid), DisableDiscoveryEnumeration = true)]
    public void An_invalid_event_is_rejected_with_its_reason_and_field(string json, RejectReason reason, string detail)
    {
        var batch = new EventBatch();
        Assert.Equal(new Rejection(reason, detail), _decoder.Decode(Utf8(json), EventDecoder.NoClock, batch, 1));
        Assert.Equal((0, 0, 0), (batch.Clicks.Length, batch.Purchases.Length, batch.Telemetry.Count));
        Assert.Equal(0, batch.AddText("x"u8).Offset);
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_rejected()
    {
        var json = Utf8(Click());
        json[Array.IndexOf(json, (byte)'o', 40)] = 0xff;
        Assert.Equal(RejectReason.Malformed, _decoder.Decode(json, EventDecoder.NoClock, new EventBatch(), 1).Reason);
    }

    [Fact]
    public void No_mutation_of_an_event_throws_or_leaves_a_trace_where_it_is_rejected()
    {
        string[] seeds =
        [
            Click(), Click("\\u0061", data: """{"sessionId":"\ud83d\ude00","ip":"::1"}"""),
            Purchase("""{"clickId":"c","orderId":"o","valueMicros":1}"""), Telemetry("""{"stream":"s","values":[1,null]}"""),
            "{\"data\":" + Data + ",\"type\":\"guard.ad.click.v1\",\"time\":\"2026-01-01T13:00:00Z\",\"source\":\"s\",\"id\":\"1\",\"specversion\":\"1.0\"}",
        ];
        string[] splices = ["\"", "{", "}", "[", "]", ",", ":", "\\", "\\u0000", "\\ud800", "null", "-1", "1e999", "9999-12-31T23:59:59Z", "\"id\":", "\n", "\0", "ÿ"];
        var batch = new EventBatch();
        Assert.False(_decoder.Decode(Utf8(Click("kept")), EventDecoder.NoClock, batch, 1).IsRejected);
        var kept = batch.Clicks[0];
        var edits = Gen.Choose(0, 4).SelectMany(kind => Gen.Choose(0, 10_000).SelectMany(at => Gen.Choose(0, 255).Select(value => (kind, at, value))));
        var cases = Gen.Choose(0, seeds.Length - 1).SelectMany(seed => edits.ListOf().Select(list => (seed, list)));
        var rejected = 0;
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var json = Utf8(seeds[c.seed]).ToList();
            foreach (var (kind, at, value) in c.list.Take(4))
            {
                Mutate(json, kind, at % (json.Count + 1), value, splices);
            }

            var counts = (batch.Clicks.Length, batch.Purchases.Length, batch.Telemetry.Count);
            var textEnd = batch.AddText("|"u8).Offset;
            var rejection = _decoder.Decode(json.ToArray(), EventDecoder.NoClock, batch, 2);
            if (!rejection.IsRejected)
            {
                var more = batch.Clicks.Length + batch.Purchases.Length + batch.Telemetry.Count;
                return more == counts.Item1 + counts.Item2 + counts.Item3 + 1 && rejection.Detail is null;
            }

            rejected++;
            return counts == (batch.Clicks.Length, batch.Purchases.Length, batch.Telemetry.Count)
                && batch.AddText("|"u8).Offset == textEnd + 1
                && rejection.Detail.Length > 0
                && batch.Clicks[0] == kept && TextOf(batch, kept.IdText) == "kept";
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
        Assert.InRange(rejected, 1_000, 20_000);
    }

    private static void Mutate(List<byte> json, int kind, int at, int value, string[] splices)
    {
        switch (kind)
        {
            case 0 when at < json.Count:
                json[at] = (byte)value;
                break;
            case 1 when at < json.Count:
                json.RemoveRange(at, Math.Min(value % 16 + 1, json.Count - at));
                break;
            case 2:
                json.InsertRange(at, Encoding.UTF8.GetBytes(splices[value % splices.Length]));
                break;
            case 3:
                json.RemoveRange(at, json.Count - at);
                break;
            default:
                json.InsertRange(at, json.GetRange(at, Math.Min(value, json.Count - at)));
                break;
        }
    }

    private static string Without(string field) => Click().Replace($"\"{field}\":", $"\"x{field}\":", StringComparison.Ordinal);
}
