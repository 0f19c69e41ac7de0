using System.Buffers;
using System.Text.Json;
using Guard.Core.Clicks;
using Guard.Core.Features;
using Guard.Core.Lists;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;

namespace Guard.Engine.Tests.Decisions;

public sealed class DecisionPolicyTests
{
    private readonly DecisionPolicy _policy = RandomTraffic.Policy(1);

    [Fact]
    public void Thresholds_of_another_model_are_refused_and_the_mend_is_named()
    {
        var other = new Renamed(_policy.Scorer, "other", _policy.Scorer.Schema);

        var error = Assert.Throws<ArgumentException>(() => new DecisionPolicy(other, _policy.Thresholds, AccessList.Empty, CrawlerList.Empty));

        Assert.Contains("calibrate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_another_schema_is_refused_and_the_mend_is_named()
    {
        var schema = ClickFeatures.Schema with { Version = ClickFeatures.Schema.Version + 1 };

        var error = Assert.Throws<ArgumentException>(
            () => new DecisionPolicy(new Renamed(_policy.Scorer, _policy.Scorer.Version, schema), _policy.Thresholds, AccessList.Empty, CrawlerList.Empty));

        Assert.Contains("train", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_threshold_that_no_score_reaches_is_written_as_null()
    {
        var decision = JsonDocument.Parse(Write(new Decision { Stage = DecisionStage.Model, Threshold = float.PositiveInfinity, ListEntry = -1, Slice = Slice.Parse("tv/in/DE") }));

        Assert.Equal(JsonValueKind.Null, decision.RootElement.GetProperty("data").GetProperty("threshold").ValueKind);
    }

    [Fact]
    public void Text_that_needs_escaping_stays_one_line_of_JSON()
    {
        var decision = JsonDocument.Parse(Write(new Decision { Stage = DecisionStage.Model, ListEntry = -1, Slice = Slice.Parse("tv/in/DE") }, "a\"b\\c\u2028\n"));

        Assert.Equal("a\"b\\c\u2028\n", decision.RootElement.GetProperty("id").GetString());
    }

    private string Write(Decision decision, string id = "c-1")
    {
        var (batch, output) = (new EventBatch(), new ArrayBufferWriter<byte>());
        batch.Add(new Click { Time = 1_767_225_600_000, IdText = batch.AddText(System.Text.Encoding.UTF8.GetBytes(id)), SourceText = batch.AddText("ads"u8) });
        var decided = new DecidedBatch { Policy = _policy };
        decided.Resize(1);
        decided.Features.Clear();
        decided.Decisions[0] = decision;
        using var writer = new DecisionEventWriter();
        writer.Write(output, batch, decided, row: 0);
        var text = System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
        Assert.DoesNotContain('\n', text);
        return text;
    }

    private sealed class Renamed(IScorer scorer, string version, FeatureSchema schema) : IScorer
    {
        public string Version => version;

        public FeatureSchema Schema => schema;

        public void Score(ReadOnlySpan<float> features, Span<float> scores) => scorer.Score(features, scores);

        public void Explain(ReadOnlySpan<float> features, Span<float> contributions) => scorer.Explain(features, contributions);
    }
}
