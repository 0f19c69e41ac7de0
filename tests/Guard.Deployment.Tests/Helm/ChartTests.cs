using Guard.Deployment.Tests.Helm.Rendering;

namespace Guard.Deployment.Tests.Helm;

public sealed class ChartTests
{
    private const string Tls = "siloTls.existingSecret=guard-silo-tls";

    public static TheoryData<string, string[]> Matrix
    {
        get
        {
            string[][] options =
            [
                [], [Tls, "networkPolicy.enabled=false"], ["networkPolicy.restrictEgress=false", "networkPolicy.httpFrom=[{podSelector: {}}]", "networkPolicy.gatewayFrom=[{podSelector: {}}]"],
                ["ingress.enabled=true", "ingress.host=guard.example", "ingress.tlsSecretName=guard-tls", "ingress.className=nginx", "ingress.annotations={a: b}"],
                ["service.type=NodePort", "service.tlsEndsInFront=true"],
                ["httpRoute.enabled=true", "httpRoute.hostnames=[guard.example]", "httpRoute.parentRefs=[{name: gateway}]"],
                ["serviceMonitor.enabled=true", "serviceMonitor.keySecret=scrape", "prometheusRule.enabled=true", "dashboards.enabled=true", "prometheusRule.labels={release: prometheus}"],
                ["lists.access.existingSecret=lists", "lists.crawlers.existingConfigMap=crawlers", "telemetry.otlpEndpoint=http://collector:4317"],
                ["webhook.address=https://hooks.example:8443/guard?team=ads", "webhook.existingSecret=hooks", "webhook.formerKey=former"],
                ["nodeSelector={pool: guard}", "tolerations=[{operator: Exists}]", "affinity={nodeAffinity: {}}", "priorityClassName=high", "podLabels={team: ads}", "podAnnotations={note: x}"],
                ["image.digest=sha256:" + new string('a', 64), "image.pullSecrets=[registry]", "fullnameOverride=clicks", "serviceAccount.create=false", "serviceAccount.name=mine", "podDisruptionBudget.enabled=false"],
            ];
            var data = new TheoryData<string, string[]>();
            foreach (var file in GuardChart.ValuesFiles)
            {
                foreach (var option in options)
                {
                    data.Add(file, option);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public void Every_values_file_renders_with_every_option(string file, string[] options)
    {
        var objects = GuardChart.Render(file, options);

        Assert.All(objects, item => Assert.True(item.At("apiVersion") is string && item.At("kind") is string && item.At("metadata.name") is string));
        Assert.Equal(objects.Count, objects.Select(item => (item["apiVersion"], item["kind"], item.At("metadata.name"))).Distinct().Count());
        var pod = objects.Single(item => (string?)item["kind"] == "Deployment").At("spec.template.spec")!;
        var volumes = ((List<object?>)pod.At("volumes")!).Select(volume => (string?)volume.At("name"));
        Assert.Equal(volumes.Order(StringComparer.Ordinal), ((List<object?>)pod.At("containers.0.volumeMounts")!).Select(mount => (string?)mount.At("name")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("replicaz=3", "values.replicaz: no such value")]
    [InlineData("replicas='three'", "values.replicas: expected integer")]
    [InlineData("clustering.provider=Zookeeper", "values.clustering.provider: expected AzureStorage or PostgreSql or Development")]
    [InlineData("eventHubs.checkpoints.containr=x", "values.eventHubs.checkpoints.containr: no such value")]
    [InlineData("grains.shards=0", "values.grains.shards: is below 1")]
    [InlineData("artifacts.serviceUri=http://plain.example", "values.artifacts.serviceUri: does not match")]
    [InlineData("webhook.address=http://hooks.example/guard", "values.webhook.address: does not match")]
    [InlineData("webhook.address=https://name:word@hooks.example/", "values.webhook.address: does not match")]
    [InlineData("webhook.secret=whsec_abc", "values.webhook.secret: no such value")]
    [InlineData("resources.limits.gpu=1", "values.resources.limits.gpu: no such value")]
    [InlineData("apiKeys.existingSecret=''", "values.apiKeys.existingSecret: needs 1 characters")]
    public void A_wrong_key_or_type_is_refused_with_its_name(string setting, string fault) =>
        Assert.Contains(fault, Assert.Throws<TemplateException>(() => GuardChart.Render("values-azure.yaml", setting)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("values-azure.yaml", "autoscaling.hpa.enabled and autoscaling.keda.enabled exclude each other", "autoscaling.hpa.enabled=true")]
    [InlineData("values-azure.yaml", "autoscaling.minReplicas is greater", "autoscaling.minReplicas=9")]
    [InlineData("values-azure.yaml", "clustering.azureStorage.tableServiceUri is needed", "clustering.azureStorage.tableServiceUri=''")]
    [InlineData("values-azure.yaml", "grainStorage.serviceUri is needed", "grainStorage.serviceUri=''")]
    [InlineData("values-azure.yaml", "eventHubs.namespace and", "eventHubs.namespace=''")]
    [InlineData("values-azure.yaml", "azure.tenantId and", "azure.tenantId=''")]
    [InlineData("values-azure.yaml", "hashingKey.existingSecret is needed", "azure.keyVault.name=''")]
    [InlineData("values-azure.yaml", "whoever reaches the silos' ports", "networkPolicy.enabled=false")]
    [InlineData("values-azure.yaml", "would kill silos", "shutdown.terminationGracePeriodSeconds=130")]
    [InlineData("values-azure.yaml", "shutdown.drainDelaySeconds", "shutdown.timeoutSeconds=10")]
    [InlineData("values-azure.yaml", "ingress.host and", "ingress.enabled=true")]
    [InlineData("values-azure.yaml", "service.type LoadBalancer carries API keys in the clear", "service.type=LoadBalancer")]
    [InlineData("values-development.yaml", "service.type NodePort carries API keys in the clear", "service.type=NodePort")]
    [InlineData("values-azure.yaml", "webhook.existingSecret is needed", "webhook.address=https://hooks.example/")]
    [InlineData("values-azure.yaml", "webhook.address is needed", "webhook.existingSecret=hooks")]
    [InlineData("values-azure.yaml", "serviceMonitor.keySecret is needed", "serviceMonitor.enabled=true")]
    [InlineData("values-postgresql.yaml", "clustering.postgres.existingSecret is needed", "clustering.postgres.existingSecret=''")]
    [InlineData("values-development.yaml", "is one silo", "replicas=2")]
    [InlineData("values-development.yaml", "is one silo", "autoscaling.hpa.enabled=true")]
    public void Values_that_contradict_each_other_are_refused_with_their_names(string file, string fault, string setting) =>
        Assert.Contains(fault, Assert.Throws<TemplateException>(() => GuardChart.Render(file, setting)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_schema_knows_every_value_that_there_is_and_closes_every_object()
    {
        var schema = Yaml.ReadFile(Path.Combine(GuardChart.Folder, "values.schema.json"));

        AssertSame(Yaml.ReadFile(Path.Combine(GuardChart.Folder, "values.yaml")), schema, "values");
    }

    [Fact]
    public void Every_value_has_a_comment_that_says_what_it_is()
    {
        var lines = File.ReadAllLines(Path.Combine(GuardChart.Folder, "values.yaml"));
        for (var line = 0; line < lines.Length; line++)
        {
            if (lines[line].Contains(": ", StringComparison.Ordinal) && !lines[line].TrimStart().StartsWith('#'))
            {
                Assert.True(lines[line].StartsWith("  requests", StringComparison.Ordinal) || lines[line].StartsWith("  limits", StringComparison.Ordinal) || lines[line - 1].TrimStart().StartsWith("# -- ", StringComparison.Ordinal), lines[line]);
            }
        }
    }

    private static void AssertSame(Dictionary<string, object?> values, object? schema, string path)
    {
        var known = Values.Map(schema.At("properties"));
        Assert.True(schema.At("additionalProperties") is false, path);
        Assert.Equal(known.Keys.Where(key => key != "global").Order(StringComparer.Ordinal), values.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, value) in values)
        {
            if (value is Dictionary<string, object?> map && known[key].At("properties") is not null && key != "resources")
            {
                AssertSame(map, known[key], $"{path}.{key}");
            }
        }
    }
}
