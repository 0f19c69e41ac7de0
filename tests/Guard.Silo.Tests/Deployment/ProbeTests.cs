using Guard.Core.Lifecycle;
using Guard.Deployment.Tests.Helm.Rendering;
using Guard.Silo.Tests.Hosting;

namespace Guard.Silo.Tests.Deployment;

public sealed class ProbeTests
{
    [Fact]
    public async Task A_silo_answers_at_every_address_that_the_chart_asks()
    {
        using var folder = new TemporaryFolder();
        var (keys, file) = TestKeys.Write(folder);
        await using var silo = await TestSilo.StartAsync(folder.Path, ("Guard:Server:ServeMetrics", "true"), ("Guard:KeyFile", file));
        await TestPolicy.PublishAsync(silo.Service<IArtifactStore>());
        while (silo.Health.NotReady is not null)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        var objects = GuardChart.Render("values-azure.yaml", "serviceMonitor.enabled=true", "serviceMonitor.keySecret=scrape");
        var container = objects.One("Deployment").At("spec.template.spec.containers.0");
        var probes = new[] { "startupProbe", "readinessProbe", "livenessProbe" }.Select(probe => (string)container.At($"{probe}.httpGet.path")!).ToList();
        var test = new Uri((string)((List<object?>)objects.One("Pod", "guard-ready").At("spec.containers.0.args")!)[^1]!);

        Assert.Equal(3, probes.Distinct().Count());
        foreach (var path in probes.Append(test.AbsolutePath))
        {
            Assert.Equal((path, 200), (path, (await silo.GetAsync(path)).Status));
        }

        Assert.Equal((test.Host, (long)test.Port), (objects.One("Service").At("metadata.name"), (long)objects.One("Service").At("spec.ports.0.port")!));
        Assert.Equal(200, (await silo.GetAsync((string)objects.One("ServiceMonitor").At("spec.endpoints.0.path")!, keys.Read)).Status);
    }
}
