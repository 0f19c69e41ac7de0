using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Guard.Core.Lifecycle;
using Guard.Deployment.Tests.Helm.Rendering;
using Guard.Grains.Ingest;
using Guard.Server.Alerts;
using Guard.Server.Telemetry;
using Guard.Silo.Tests.Hosting;

namespace Guard.Silo.Tests.Deployment;

/// <summary>Holds what dashboards and alerts ask Prometheus for against what a running silo tells it.</summary>
public sealed partial class MetricNameTests
{
    // What the scraper adds, and what only streams from a hub measure.
    private static readonly string[] s_others =
        ["up", "orleans_streams_queue_oldest_message_enqueue_age", "orleans_streams_queue_read_failures_total", "orleans_streams_queue_cache_under_pressure"];

    private static readonly string[] s_scraped = ["namespace", "pod", "job"];

    [Fact]
    public async Task Dashboards_and_alerts_ask_for_metrics_that_a_silo_has()
    {
        var (names, text) = await MeasureAsync();
        var wanted = Queries().SelectMany(query => Metric().Matches(query).Select(match => Part().Replace(match.Groups["name"].Value, ""))).ToHashSet(StringComparer.Ordinal);

        Assert.True(wanted.Count > 20);
        Assert.Empty(wanted.Except(names).Except(s_others));
        Assert.Empty(wanted.Where(name => name.StartsWith("guard_", StringComparison.Ordinal) && !text.Contains($"# TYPE {name} ", StringComparison.Ordinal)).Except(s_others));
    }

    [Fact]
    public async Task Dashboards_and_alerts_ask_for_labels_that_their_metrics_have()
    {
        var (_, text) = await MeasureAsync();
        var labels = Line().Matches(text).ToLookup(line => line.Groups["name"].Value, line => Label().Matches(line.Groups["labels"].Value).Select(label => label.Groups["name"].Value), StringComparer.Ordinal);
        var compared = 0;
        foreach (var query in Queries())
        {
            var metrics = Metric().Matches(query).Select(match => match.Groups["name"].Value).ToList();
            if (metrics.TrueForAll(labels.Contains))
            {
                var known = metrics.SelectMany(name => labels[name]).SelectMany(all => all).Concat(s_scraped).ToHashSet(StringComparer.Ordinal);
                var asked = Label().Matches(query).Select(label => label.Groups["name"].Value)
                    .Concat(Grouping().Matches(query).SelectMany(by => by.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries))).ToList();
                Assert.True(asked.TrueForAll(known.Contains), $"{query} asks for labels other than {string.Join(", ", known)}.");
                compared += asked.Except(s_scraped).Count();
            }
        }

        Assert.True(compared > 10);
    }

    // A silo that decided, refused and failed: the names of its instruments, and what it tells Prometheus.
    private static async Task<(HashSet<string> Names, string Text)> MeasureAsync()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            lock (names)
            {
                names.Add(NameOf(instrument));
            }
        };
        listener.Start();
        using var folder = new TemporaryFolder();
        var (keys, file) = TestKeys.Write(folder);
        await using var silo = await TestSilo.StartAsync(folder.Path, ("Guard:Server:ServeMetrics", "true"), ("Guard:KeyFile", file),
            ("Guard:Webhook:Address", "http://127.0.0.1:9/"), ("Guard:Webhook:Secrets:0", WebhookSecret.Create()));
        await TestPolicy.PublishAsync(silo.Service<IArtifactStore>());
        var partition = silo.Service<IGrainFactory>().GetGrain<IIngestGrain>("0");
        var time = TimeProvider.System.GetUtcNow();
        await partition.DeliverAsync([Message(0, Click(time)), Message(1, "rubbish")]);
        await partition.CommitAsync();
        var broken = silo.Service<IGrainFactory>().GetGrain<IIngestGrain>("1");
        await Assert.ThrowsAnyAsync<Exception>(() => broken.DeliverAsync([Message(0, "none") with { Body = null! }]));
        await silo.GetAsync("/v1/traffic", keys.Read);
        await silo.GetAsync("/v1/traffic", "guard_0_0");
        return (names, (await silo.GetAsync("/metrics", keys.Read)).Text);

        HubMessage Message(long number, string body) => new() { SequenceNumber = number, Offset = $"{number}", EnqueuedTime = time.ToUnixTimeMilliseconds(), Body = Encoding.UTF8.GetBytes(body) };
    }

    private static string Click(DateTimeOffset time) => $$$"""
        {"specversion":"1.0","id":"c-1","source":"/ads/click/eu1","type":"guard.ad.click.v1","time":"{{{time:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}}","data":
        {"userId":"u1","sessionId":"s1","ip":"203.0.113.1","userAgent":"Mozilla/5.0 Firefox/140.0","loggedIn":true,"deviceType":"mobile","marketplace":"DE","campaignId":"k1","advertiserId":"a1","costMicros":1}}
        """;

    private static string NameOf(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        var isCounter = type == typeof(Counter<>) || type == typeof(ObservableCounter<>);
        return PrometheusName.Of(instrument.Name, instrument.Unit ?? "", isCounter, !isCounter && type != typeof(Histogram<>));
    }

    private static IEnumerable<string> Queries()
    {
        var objects = GuardChart.Render("values.yaml", "dashboards.enabled=true", "prometheusRule.enabled=true");
        var alerts = ((List<object?>)objects.One("PrometheusRule").At("spec.groups.0.rules")!).Select(rule => (string)rule.At("expr")!);
        var panels = Values.Map(objects.One("ConfigMap", "guard-dashboards")["data"]).Values.SelectMany(text => JsonNode.Parse((string)text!)!["panels"]!.AsArray());
        return alerts.Concat(panels.SelectMany(panel => panel!["targets"]?.AsArray() ?? []).Select(target => (string)target!["expr"]!));
    }

    [GeneratedRegex(@"(?<!\b(by|on)\s*\([^)]*)\b(?<name>(guard|orleans|http)_\w+|up)\b(?!\s*(=|!))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();

    [GeneratedRegex(@"\b(by|on)\s*\((?<labels>[^)]*)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Grouping();

    [GeneratedRegex(@"(?<name>\w+)(=~|!~|!=|=)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();

    [GeneratedRegex(@"^(?<name>\w+)\{(?<labels>[^\n]*)\} ", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Line();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}
