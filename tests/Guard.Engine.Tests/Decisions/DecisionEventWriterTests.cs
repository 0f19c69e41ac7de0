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

    [Fact]
    public void A_decision_of_the_model_is_written_as_these_bytes()
    {
        float[] features = new float[24], contributions = new float[24];
        (features[0], contributions[0], features[20], contributions[20], features[12], contributions[12]) = (2.5f, 1.25f, 0, .5f, 41, .75f);
        var kept = Kept() with
        {
            Number = 9_007_199_254_740_993,
            Decision = new Decision
            {
                Verdict = Verdict.SophisticatedInvalid,
                Stage = DecisionStage.Model,
                ListEntry = -1,
                Score = .8125f,
                Threshold = .7f,
                Slice = Slice.Parse("mobile/in/DE"),
                ThresholdSlice = Slice.Parse("mobile/in"),
            },
            Reasons = Reasons.Strongest(features, contributions, towardsRobot: true),
            Features = features,
            Traits = ClickTraits.LoggedIn | ClickTraits.Late,
            CampaignId = "k-7",
            AdvertiserId = "Zoë \"&\" Söhne",
        };

        Assert.Equal(
            """
            {"specversion":"1.0","id":"c-1","source":"/guard/decisions/ads/click/eu1","type":"guard.decision.v1","time":"2026-02-28T23:59:59.007Z","datacontenttype":"application/json","decisionnumber":"9007199254740993","data":{"clickId":"c-1","verdict":"invalid","category":"SIVT","decidedBy":"model","score":0.8125,"slice":"mobile/in/DE","threshold":0.7,"thresholdSlice":"mobile/in","model":"2026-01-04-3f9a1c2b","thresholds":"2026-01-05-0a1b2c3d","late":"counted","costMicros":1250000,"campaignId":"k-7","advertiserId":"Zoë \"&\" Söhne","reasons":[{"code":"user.rate.10s","value":2.5,"contribution":1.25,"text":"clicks of this user in the last seconds (rate with a half-life of 10 s)"},{"code":"ip.users.24h","value":41,"contribution":0.75,"text":"users behind this address in the last 24 hours"},{"code":"user.logged_in","value":0,"contribution":0.5,"text":"the user was logged in"}]}}
            """,
            Text(kept));
    }

    [Fact]
    public void A_decision_of_a_list_is_written_as_these_bytes()
    {
        var kept = Kept() with
        {
            Decision = new Decision
            {
                Verdict = Verdict.GeneralInvalid,
                Stage = DecisionStage.DenyList,
                ListEntry = 2,
                Score = 1e-7f,
                Threshold = float.PositiveInfinity,
                Slice = Slice.Parse("desktop/out/US"),
                ThresholdSlice = Slice.Parse("all"),
            },
            ListReason = "data centre",
            Traits = ClickTraits.TooLate,
        };

        Assert.Equal(
            """
            {"specversion":"1.0","id":"c-1","source":"/guard/decisions/ads/click/eu1","type":"guard.decision.v1","time":"2026-02-28T23:59:59.007Z","datacontenttype":"application/json","data":{"clickId":"c-1","verdict":"invalid","category":"GIVT","decidedBy":"deny-list","score":1E-07,"slice":"desktop/out/US","threshold":null,"thresholdSlice":"all","model":"2026-01-04-3f9a1c2b","thresholds":"2026-01-05-0a1b2c3d","late":"uncounted","costMicros":1250000,"reasons":[{"code":"deny-list","entry":3,"text":"data centre"}]}}
            """,
            Text(kept));
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

    private static KeptDecision Kept() => new()
    {
        Number = 0,
        ClickId = "c-1",
        Source = "/ads/click/eu1",
        Time = new DateTimeOffset(2026, 2, 28, 23, 59, 59, 7, TimeSpan.Zero),
        Decision = default,
        Reasons = default,
        Features = default,
        Model = "2026-01-04-3f9a1c2b",
        Thresholds = "2026-01-05-0a1b2c3d",
        CostMicros = 1_250_000,
    };

    private static string Text(KeptDecision kept)
    {
        using var writer = new DecisionEventWriter();
        return Text(output => writer.Write(output, kept));
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
