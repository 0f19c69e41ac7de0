using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;
using Guard.Engine.Shards;

namespace Guard.Engine.Tests.Decisions;

public sealed partial class DecisionEventWriterTests : IDecisionSink
{
    private readonly DecisionPolicy _policy = RandomTraffic.Policy(1);
    private readonly List<(string OfBatch, string OfKept)> _written = [];

    [Fact]
    public async Task A_kept_decision_is_written_as_it_was_in_its_batch_and_with_its_number()
    {
        var pipeline = new ClickPipeline(new LocalCounters(new ShardOptions { Shards = 1, Workers = 1 }), this, () => _policy);
        var batch = new EventBatch();
        RandomTraffic.Fill(batch, RandomTraffic.Clicks(2, 500));
        await pipeline.ProcessAsync(batch, TestContext.Current.CancellationToken);

        Assert.Equal(500, _written.Count);
        Assert.All(_written.Index(), item =>
        {
            Assert.Contains($"\"decisionnumber\":\"{item.Index + 1}\"", item.Item.OfKept);
            Assert.Equal(item.Item.OfBatch, Number().Replace(item.Item.OfKept, ""));
        });
        Assert.Contains(_written, item => item.OfKept.Contains("crawler-user-agent", StringComparison.Ordinal));
    }

    ValueTask IDecisionSink.WriteAsync(EventBatch batch, DecidedBatch decided, CancellationToken cancellationToken)
    {
        using var writer = new DecisionEventWriter();
        for (var row = 0; row < batch.Clicks.Length; row++)
        {
            var (click, decision, index) = (batch.Clicks[row], decided.Decisions[row], row);
            var kept = new KeptDecision
            {
                Number = row + 1,
                ClickId = Encoding.UTF8.GetString(batch.Text(click.IdText)),
                Source = Encoding.UTF8.GetString(batch.Text(click.SourceText)),
                Time = DateTimeOffset.FromUnixTimeMilliseconds(click.Time),
                Decision = decision,
                Reasons = decided.ReasonsOf(row),
                ListReason = decision.Stage == DecisionStage.CrawlerList ? _policy.Crawlers.List.Patterns[decision.ListEntry] : null,
                Features = decided.Row(row).ToArray(),
                Model = _policy.Scorer.Version,
                Thresholds = _policy.Thresholds.Version,
                Traits = click.Traits,
                CostMicros = click.CostMicros,
                CampaignId = Encoding.UTF8.GetString(batch.Text(click.CampaignText)),
                AdvertiserId = Encoding.UTF8.GetString(batch.Text(click.AdvertiserText)),
            };
            _written.Add((Text(output => writer.Write(output, batch, decided, index)), Text(output => writer.Write(output, kept))));
        }

        return ValueTask.CompletedTask;
    }

    private static string Text(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    [GeneratedRegex("\"decisionnumber\":\"[0-9]+\",", RegexOptions.None, 1000)]
    private static partial Regex Number();
}
