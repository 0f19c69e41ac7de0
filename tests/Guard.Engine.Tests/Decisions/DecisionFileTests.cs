using System.Text.Json;
using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Engine.Decisions;
using Guard.Engine.Shards;

namespace Guard.Engine.Tests.Decisions;

public sealed class DecisionFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 16, 6000)]
    [InlineData(4, 16, 6000)]
    [InlineData(4, 3, 1000)]
    [InlineData(2, 16, 1)]
    public async Task Decisions_are_the_same_byte_for_byte_for_any_number_of_threads_shards_and_clicks_in_a_batch(int workers, int shards, int batchSize)
    {
        var expected = await DecideAsync("expected.ndjson", 1, 1, 600);

        var actual = await DecideAsync("actual.ndjson", workers, shards, batchSize);

        Assert.True(expected.AsSpan().SequenceEqual(actual), "The decisions differ.");
    }

    [Fact]
    public async Task A_decision_is_a_cloud_event_that_says_what_decided_and_why()
    {
        var lines = System.Text.Encoding.UTF8.GetString(await DecideAsync("decisions.ndjson", 1, 4, 500)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var decisions = lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal(Enumerable.Range(0, 6000).Select(index => $"click-{index}"), decisions.Select(decision => decision.GetProperty("id").GetString()!));
        Assert.All(decisions, decision =>
        {
            Assert.Equal(EventTypes.Decision, decision.GetProperty("type").GetString());
            Assert.Equal("/guard/decisions/ads/click/eu1", decision.GetProperty("source").GetString());
            var data = decision.GetProperty("data");
            Assert.InRange(data.GetProperty("score").GetSingle(), 0, 1);
            Assert.Equal("random", data.GetProperty("model").GetString());
            Assert.NotEmpty(data.GetProperty("reasons").EnumerateArray());
            Assert.Equal("campaign-1", data.GetProperty("campaignId").GetString());
        });
        var byStage = decisions.Select(decision => decision.GetProperty("data")).ToLookup(data => data.GetProperty("decidedBy").GetString());
        Assert.All(byStage["crawler-list"], data =>
        {
            Assert.Equal("GIVT", data.GetProperty("category").GetString());
            Assert.Equal("Googlebot", data.GetProperty("reasons")[0].GetProperty("text").GetString());
        });
        Assert.All(byStage["model"], data =>
        {
            var invalid = data.GetProperty("verdict").GetString() == "invalid";
            Assert.Equal(invalid, data.GetProperty("threshold").ValueKind == JsonValueKind.Number && data.GetProperty("score").GetSingle() >= data.GetProperty("threshold").GetSingle());
            Assert.Single(data.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("contribution").GetSingle() > 0).Distinct());
        });
        Assert.NotEmpty(byStage["crawler-list"]);
        Assert.NotEmpty(byStage["model"]);
    }

    [Fact]
    public async Task A_file_that_was_not_completed_leaves_nothing_behind()
    {
        await using (var file = new DecisionFile(_folder["decisions.ndjson"]))
        {
            await DecideAsync(file, 1, 1, 1000);
        }

        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    private async Task<byte[]> DecideAsync(string name, int workers, int shards, int batchSize)
    {
        await using (var file = new DecisionFile(_folder[name]))
        {
            await DecideAsync(file, workers, shards, batchSize);
            await file.CompleteAsync();
        }

        return await File.ReadAllBytesAsync(_folder[name], TestContext.Current.CancellationToken);
    }

    private static async Task DecideAsync(DecisionFile file, int workers, int shards, int batchSize)
    {
        var policy = RandomTraffic.Policy(1);
        var pipeline = new ClickPipeline(new LocalCounters(new ShardOptions { Shards = shards, Workers = workers }), file, () => policy, workers);
        var batch = new EventBatch();
        foreach (var part in RandomTraffic.Clicks(2, 6000).Chunk(batchSize))
        {
            RandomTraffic.Fill(batch, part);
            await pipeline.ProcessAsync(batch, TestContext.Current.CancellationToken);
        }
    }
}
