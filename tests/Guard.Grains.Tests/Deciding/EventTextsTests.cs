using System.Text;
using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Engine.Shards;
using Guard.Grains.Deciding;
using Guard.Grains.Reading;
using Guard.Grains.Tests.Reading;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Guard.Grains.Tests.Deciding;

public sealed class EventTextsTests
{
    [Fact]
    public async Task Texts_of_segments_that_hold_events_are_those_of_segments_that_hold_texts()
    {
        var segments = new DecisionSegments(new FaultyArtifacts(), new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>());
        var (writer, events) = (new SegmentWriter(segments) { Range = (0, 9) }, new TextSink());
        var policy = RandomTraffic.Policy(1);
        var batch = new EventBatch();
        RandomTraffic.Fill(batch, RandomTraffic.Clicks(1, 400));
        foreach (var sink in (IDecisionSink[])[writer, events])
        {
            await new ClickPipeline(new LocalCounters(new ShardOptions { Shards = 1, Workers = 1 }), sink, () => policy).ProcessAsync(batch, TestContext.Current.CancellationToken);
        }

        var written = new NumberedSegment(1, writer.Written!);
        var former = new NumberedSegment(1, new DecisionSegment { Rows = writer.Written!.Rows, Events = Encoding.UTF8.GetBytes(events.ToString()) });

        DecisionTexts[] texts = [.. Enumerable.Range(0, 400).Select(written.Texts)];
        Assert.Contains(texts, text => text.ListReason is not null);
        Assert.Equal(texts, Enumerable.Range(0, 400).Select(former.Texts));
    }

    [Fact]
    public void A_line_that_is_no_decision_is_named()
    {
        var error = Assert.Throws<InvalidDataException>(() => EventTexts.Read("{\"data\":{}}\n"u8));

        Assert.Contains("Line 1", error.Message);
    }
}
