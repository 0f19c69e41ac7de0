using System.Text;
using FsCheck;
using FsCheck.Fluent;
using static Guard.Azure.Tests.Events.Messages;

namespace Guard.Azure.Tests.Events;

public sealed class MappingLawTests
{
    private static readonly string[] s_types = ["application/cloudevents+json", "application/cloudevents-batch+json", "application/json", "application/json;charset=latin1", "text/plain", ";;=", ""];
    private static readonly string[] s_splices = ["\"", "{", "}", "[", "]", ",", "\\u", "\ud800", "\0", "é", "1e999", "null", "[[[["];

    [Fact]
    public void Whatever_comes_maps_to_at_least_one_event_and_all_of_it_is_taken_or_rejected()
    {
        var splices = Gen.ArrayOf(Gen.Choose(0, 10_000).Zip(Gen.Elements(s_splices), (at, text) => (at, text)));
        var cases = splices.Zip(Gen.Elements(s_types)).Zip(Gen.Elements(0, 1, 2), (pair, mode) => (Splices: pair.Item1, Type: pair.Item2, Mode: mode));
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var body = c.Mode switch { 0 => ClickEvent, 1 => $"[{ClickEvent},{ClickEvent}]", _ => ClickData };
            var attributes = c.Mode == 2 ? ClickAttributes() : [];
            foreach (var (at, text) in c.Splices.Take(4))
            {
                body = body.Insert(at % (body.Length + 1), text);
                attributes["cloudEvents:x" + at % 3] = text;
            }

            var message = Message(Encoding.UTF8.GetBytes(body), c.Type, attributes);
            var events = Map(message);
            var seen = new PartitionSeen();
            events.ForEach(seen.Take);
            return events.Count >= 1 && events.All(mapped => mapped.Position.Offset == message.SequenceNumber);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_batch_of_whole_events_gives_exactly_those() =>
        Prop.ForAll(Gen.Choose(1, 40).ToArbitrary(), count =>
        {
            var clicks = Enumerable.Range(0, count).Select(i => ClickEvent.Replace("c-1", $"c-{i}", StringComparison.Ordinal)).ToList();
            return Map(Message($"[{string.Join(',', clicks)}]", "application/cloudevents-batch+json")).Select(TextOf).SequenceEqual(clicks);
        }).QuickCheckThrowOnFailure();
}
