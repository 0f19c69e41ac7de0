using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Guard.Cli.Tests;

public sealed class ReplayTests(LearnedTraffic traffic) : IClassFixture<LearnedTraffic>, IDisposable
{
    private readonly GuardProcess _guard = new();

    public void Dispose() => _guard.Dispose();

    [Fact]
    public async Task Decisions_do_not_depend_on_the_number_of_threads()
    {
        await DecideAsync("one.ndjson", traffic.Events, "--workers", "1");
        await DecideAsync("four.ndjson", traffic.Events, "--workers", "4");

        Assert.Equal(await ReadAsync("one.ndjson"), await ReadAsync("four.ndjson"));
    }

    [Fact]
    public async Task Events_that_come_twice_change_neither_decisions_nor_counters()
    {
        var lines = (await File.ReadAllLinesAsync(traffic.Events, TestContext.Current.CancellationToken)).Take(8000).ToArray();
        await File.WriteAllLinesAsync(_guard.File("once.ndjson"), lines, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(_guard.File("twice.ndjson"), lines.SelectMany(line => new[] { line, line }), TestContext.Current.CancellationToken);

        await DecideAsync("once.decisions", _guard.File("once.ndjson"));
        await DecideAsync("twice.decisions", _guard.File("twice.ndjson"));

        Assert.Equal(await ReadAsync("once.decisions"), await ReadAsync("twice.decisions"));
    }

    [Fact]
    public async Task The_summary_accounts_for_every_event()
    {
        var summary = (await DecideAsync("decisions.ndjson", traffic.Events, "--json", "--quarantine", _guard.File("quarantine.ndjson"))).Json;
        long Of(string name) => summary.GetProperty(name).GetInt64();
        var quarantined = summary.GetProperty("quarantined").EnumerateObject().Sum(reason => reason.Value.GetInt64());

        Assert.Equal(File.ReadLines(traffic.Events).LongCount(), Of("clicks") + Of("purchases") + Of("telemetry") + Of("duplicates") + quarantined);
        Assert.Equal(Of("clicks"), Of("valid") + Of("generalInvalid") + Of("sophisticatedInvalid"));
        Assert.Equal(Of("clicks"), File.ReadLines(_guard.File("decisions.ndjson")).LongCount());
        Assert.Equal(quarantined, File.ReadLines(_guard.File("quarantine.ndjson")).LongCount());
        Assert.True(Of("sophisticatedInvalid") > 0);
    }

    [Fact]
    public async Task Lists_decide_before_the_model_and_allow_beats_deny()
    {
        await File.WriteAllTextAsync(
            _guard.File("access.json"),
            """[{"rule":"deny","kind":"address","value":"0.0.0.0/0","reason":"no IPv4"},{"rule":"allow","kind":"userAgent","value":"Firefox","reason":"we like it"}]""",
            TestContext.Current.CancellationToken);

        var result = await DecideAsync("decisions.ndjson", traffic.Events, "--access", _guard.File("access.json"), "--json");

        var by = result.Json.GetProperty("decidedBy");
        Assert.True(by.GetProperty("allowList").GetInt64() > 0);
        Assert.True(by.GetProperty("denyList").GetInt64() > 0);
        var denied = File.ReadLines(_guard.File("decisions.ndjson")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("data")).First(data => data.GetProperty("decidedBy").GetString() == "deny-list");
        Assert.Equal("GIVT", denied.GetProperty("category").GetString());
        Assert.Equal("no IPv4", denied.GetProperty("reasons")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task No_user_id_address_or_session_appears_in_decisions()
    {
        var people = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(traffic.Events).Where(line => line.Contains("guard.ad.click.v1", StringComparison.Ordinal)).Take(5000))
        {
            using var click = TryParse(line);
            if (click?.RootElement.TryGetProperty("data", out var data) == true && data.ValueKind == JsonValueKind.Object)
            {
                people.UnionWith(data.EnumerateObject().Where(item => item.Name is "userId" or "sessionId" or "ip").Select(item => item.Value.GetRawText()));
            }
        }

        await DecideAsync("decisions.ndjson", traffic.Events);

        var texts = File.ReadLines(_guard.File("decisions.ndjson")).Take(5000).SelectMany(line => line.Split(',', ':', '{', '}', '[', ']')).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(people);
        Assert.DoesNotContain(people, texts.Contains);
    }

    [Fact]
    public async Task A_gzip_file_that_is_cut_short_gives_the_decisions_of_its_intact_part_and_says_where_it_ends()
    {
        using (var packed = new GZipStream(File.Create(_guard.File("events.gz")), CompressionLevel.Fastest))
        await using (var events = File.OpenRead(traffic.Events))
        {
            await events.CopyToAsync(packed, TestContext.Current.CancellationToken);
        }

        var bytes = await File.ReadAllBytesAsync(_guard.File("events.gz"), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(_guard.File("cut.gz"), bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);

        var result = await _guard.RunAsync("replay", _guard.File("cut.gz"), "--data", traffic.Data, "--out", _guard.File("decisions.ndjson"));

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("cut.gz", result.Error, StringComparison.Ordinal);
        Assert.InRange(File.ReadLines(_guard.File("decisions.ndjson")).Count(), 10_000, 39_000);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("binary")]
    [InlineData("missing")]
    public async Task Input_that_holds_nothing_useful_ends_with_one_line_and_leaves_no_file(string kind)
    {
        var path = _guard.File("input");
        if (kind != "missing")
        {
            await File.WriteAllBytesAsync(path, kind == "empty" ? [] : [.. Enumerable.Range(0, 5000).Select(value => (byte)(value * 37))], TestContext.Current.CancellationToken);
        }

        var result = await _guard.RunAsync("replay", path, "--data", traffic.Data, "--out", _guard.File("decisions.ndjson"));

        Assert.Equal(1, result.ExitCode);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(path, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(_guard.Files(), file => file.StartsWith("decisions", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("model", "card.json")]
    [InlineData("model", "weights.safetensors")]
    [InlineData("thresholds", ".json")]
    public async Task A_model_or_thresholds_file_that_is_cut_short_is_refused_in_one_line(string kind, string ending)
    {
        CopyData();
        var file = Assert.Single(
            Directory.EnumerateFiles(_guard.File($"data/artifacts/{(kind == "model" ? "models" : "thresholds")}/clicks"), "*", SearchOption.AllDirectories),
            path => path.EndsWith(ending, StringComparison.Ordinal) && !path.EndsWith("current.json", StringComparison.Ordinal));
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(file, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);

        var result = await _guard.RunAsync("replay", traffic.Events, "--data", _guard.File("data"), "--out", _guard.File("decisions.ndjson"));

        Assert.Equal(1, result.ExitCode);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.False(File.Exists(_guard.File("decisions.ndjson")));
    }

    [Fact]
    public async Task A_model_of_another_schema_is_refused_and_the_mend_is_named()
    {
        CopyData();
        foreach (var file in Directory.EnumerateFiles(_guard.File("data/artifacts/models/clicks"), "schema.json", SearchOption.AllDirectories))
        {
            var schema = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(file, schema.Replace("user.clicks.24h", "user.clicks.48h", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        }

        var result = await _guard.RunAsync("replay", traffic.Events, "--data", _guard.File("data"));

        Assert.Equal(1, result.ExitCode);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Without_a_model_in_force_the_error_names_the_command_that_makes_one()
    {
        var result = await _guard.RunAsync("replay", traffic.Events, "--data", _guard.File("nothing"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("guard train", result.Error, StringComparison.Ordinal);
    }

    private static JsonDocument? TryParse(string line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void CopyData()
    {
        foreach (var file in Directory.EnumerateFiles(traffic.Data, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(_guard.File("data"), Path.GetRelativePath(traffic.Data, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private async Task<GuardProcess.Result> DecideAsync(string name, string events, params string[] more)
    {
        var result = await _guard.RunAsync([.. new[] { "replay", events, "--data", traffic.Data, "--out", _guard.File(name) }, .. more]);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }

    private async Task<string> ReadAsync(string name) => Encoding.UTF8.GetString(await File.ReadAllBytesAsync(_guard.File(name), TestContext.Current.CancellationToken));
}
