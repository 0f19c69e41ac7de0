using Guard.Grains.Ingest;
using Guard.Server.Tests.Hosting;

namespace Guard.Silo.Tests.Hosting;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Metrics_and_spans_of_Guard_and_Orleans_go_to_the_collector_and_name_no_grain_by_its_key()
    {
        const string Key = "712345";
        using var folder = new TemporaryFolder();
        await using var collector = await Collector.StartAsync();
        await using (var silo = await TestSilo.StartAsync(folder.Path, ("Guard:Server:OtlpEndpoint", collector.Address.ToString()), ("Guard:Server:TraceShare", "1")))
        {
            using var request = new System.Diagnostics.ActivitySource("Guard.Test").StartActivity("asks");
            await silo.Service<IGrainFactory>().GetGrain<IIngestGrain>(Key).StatusAsync();
            await silo.StopAsync();
        }

        var (metrics, traces) = (collector.Received("/v1/metrics"), collector.Received("/v1/traces"));
        Assert.Contains("Microsoft.Orleans", metrics);
        Assert.Contains("orleans-catalog-activations", metrics);
        Assert.Contains("Microsoft.Orleans", traces);
        Assert.Contains("rpc.method", traces);
        Assert.DoesNotContain("target_id", traces);
        Assert.DoesNotContain(Key, traces);
        Assert.DoesNotContain(Key, metrics);
    }
}
