using Guard.Deployment.Tests.Helm.Rendering;

namespace Guard.Deployment.Tests.Helm;

public sealed class PodTests
{
    public static TheoryData<string> Files => [.. GuardChart.ValuesFiles];

    [Theory]
    [MemberData(nameof(Files))]
    public void Pods_hold_to_the_restricted_standard_and_write_to_no_root(string file)
    {
        foreach (var pod in GuardChart.Render(file).Select(item => (string?)item["kind"] == "Pod" ? item.At("spec") : item.At("spec.template.spec")).OfType<object>())
        {
            Assert.Equal(false, pod.At("automountServiceAccountToken"));
            Assert.Equal(true, pod.At("securityContext.runAsNonRoot"));
            Assert.Null(pod.At("hostNetwork"));
            foreach (var container in ((List<object?>)pod.At("containers")!).Concat(pod.At("initContainers") as List<object?> ?? []))
            {
                Assert.Equal(false, container.At("securityContext.allowPrivilegeEscalation"));
                Assert.Equal(true, container.At("securityContext.readOnlyRootFilesystem"));
                Assert.Equal("ALL", container.At("securityContext.capabilities.drop.0"));
                Assert.Equal("RuntimeDefault", container.At("securityContext.seccompProfile.type"));
                Assert.NotNull(container.At("resources.limits.memory"));
                Assert.NotNull(container.At("resources.requests.memory"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_container_runs_the_image_s_program_with_the_ports_that_the_image_exposes(string file)
    {
        var container = GuardChart.Render(file).One("Deployment").At("spec.template.spec.containers.0");
        var exposed = File.ReadLines(Repository.Path("Dockerfile")).Single(line => line.StartsWith("EXPOSE ", StringComparison.Ordinal) && line.Contains("11111", StringComparison.Ordinal)).Split(' ')[1..];

        Assert.Equal(exposed.Select(long.Parse).Order(), ((List<object?>)container.At("ports")!).Select(port => (long)port.At("containerPort")!).Order());
        Assert.Null(container.At("command"));
        Assert.EndsWith("/guard-silo:0.1.0", (string?)container.At("image"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rolling_update_never_drops_below_what_there_is_and_waits_for_silos_to_drain()
    {
        var deployment = GuardChart.Render("values-azure.yaml").One("Deployment");

        Assert.Equal(0L, deployment.At("spec.strategy.rollingUpdate.maxUnavailable"));
        Assert.Equal(1L, deployment.At("spec.strategy.rollingUpdate.maxSurge"));
        Assert.Equal(150L, deployment.At("spec.template.spec.terminationGracePeriodSeconds"));
    }

    [Theory]
    [InlineData("values-azure.yaml", "ScaledObject", false)]
    [InlineData("values-postgresql.yaml", "HorizontalPodAutoscaler", false)]
    [InlineData("values-development.yaml", null, true)]
    public void Replicas_are_set_only_where_nothing_else_sets_them(string file, string? scaler, bool hasReplicas)
    {
        var objects = GuardChart.Render(file);

        Assert.Equal(hasReplicas, Values.Map(objects.One("Deployment")["spec"]).ContainsKey("replicas"));
        Assert.Equal(scaler is null ? [] : [scaler], objects.Select(item => (string)item["kind"]!).Where(kind => kind is "ScaledObject" or "HorizontalPodAutoscaler"));
    }

    [Fact]
    public void Selectors_find_the_silos_and_hold_no_version()
    {
        foreach (var file in GuardChart.ValuesFiles)
        {
            var objects = GuardChart.Render(file, "serviceMonitor.enabled=true", "serviceMonitor.keySecret=scrape");
            var labels = Values.Map(objects.One("Deployment").At("spec.template.metadata.labels"));
            var services = objects.Where(item => (string?)item["kind"] == "Service").Select(item => item.At("spec.selector"));
            foreach (var selector in services.Append(objects.One("Deployment").At("spec.selector.matchLabels")).Append(objects.One("NetworkPolicy").At("spec.podSelector.matchLabels")))
            {
                Assert.All(Values.Map(selector), pair => Assert.Equal(labels[pair.Key], pair.Value));
                Assert.DoesNotContain(Values.Map(selector).Keys, key => key.Contains("version", StringComparison.Ordinal) || key.Contains("chart", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void Pods_spread_over_zones_and_hosts()
    {
        var spread = (List<object?>)GuardChart.Render("values-azure.yaml").One("Deployment").At("spec.template.spec.topologySpreadConstraints")!;

        Assert.Equal(["kubernetes.io/hostname", "topology.kubernetes.io/zone"], spread.Select(one => (string)one.At("topologyKey")!).Order(StringComparer.Ordinal));
        Assert.Equal("DoNotSchedule", spread.Single(one => (string?)one.At("topologyKey") == "topology.kubernetes.io/zone").At("whenUnsatisfiable"));
    }

    [Fact]
    public void A_change_of_settings_rolls_the_pods()
    {
        static object? Checksum(params string[] settings) => Values.Map(GuardChart.Render("values-azure.yaml", settings).One("Deployment").At("spec.template.metadata.annotations"))["checksum/settings"];

        Assert.Equal(Checksum(), Checksum("service.port=81"));
        Assert.NotEqual(Checksum(), Checksum("policy.pollEvery='00:00:06'"));
    }

    [Fact]
    public void Workload_identity_is_on_where_there_is_an_identity()
    {
        var azure = GuardChart.Render("values-azure.yaml");
        Assert.Equal("true", azure.One("Deployment").At("spec.template.metadata.labels") is Dictionary<string, object?> labels ? labels["azure.workload.identity/use"] : null);
        Assert.Equal("00000000-0000-0000-0000-000000000001", Values.Map(azure.One("ServiceAccount").At("metadata.annotations"))["azure.workload.identity/client-id"]);
        Assert.DoesNotContain("workload.identity", Yaml.Json(GuardChart.Render("values-postgresql.yaml").ToList<object?>()), StringComparison.Ordinal);
    }

    [Fact]
    public void KEDA_is_told_namespace_and_hub_in_lower_case()
    {
        var scaled = GuardChart.Render("values-azure.yaml", "eventHubs.namespace=Example.servicebus.windows.net", "eventHubs.hub=Clicks").One("ScaledObject");

        Assert.Equal("example", scaled.At("spec.triggers.0.metadata.eventHubNamespace"));
        Assert.Equal("clicks", scaled.At("spec.triggers.0.metadata.eventHubName"));
        Assert.Equal("blobMetadata", scaled.At("spec.triggers.0.metadata.checkpointStrategy"));
    }

    [Fact]
    public void Silos_alone_reach_the_silos_port()
    {
        var rules = (List<object?>)GuardChart.Render("values-azure.yaml", "networkPolicy.gatewayFrom=[{podSelector: {matchLabels: {app: client}}}]").One("NetworkPolicy").At("spec.ingress")!;
        var silo = Assert.Single(rules, rule => ((List<object?>)rule.At("ports")!).Any(port => (string?)port.At("port") == "silo"));

        var from = Assert.Single((List<object?>)silo.At("from")!);
        Assert.Equal("silo", from.At("podSelector.matchLabels") is Dictionary<string, object?> labels ? labels["app.kubernetes.io/component"] : null);
        Assert.Equal(2, rules.Count(rule => ((List<object?>)rule.At("ports")!).Any(port => (string?)port.At("port") == "gateway")));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Secrets_stand_nowhere_but_by_reference(string file) =>
        Assert.DoesNotContain(GuardChart.Render(file), item => (string?)item["kind"] == "Secret");

    [Fact]
    public void The_notes_name_the_secrets_that_are_waited_for() =>
        Assert.All(["guard-api-keys", "guard-postgres", "guard-hashing-key"], secret => Assert.Contains(secret, GuardChart.RenderFile("NOTES.txt", "values-postgresql.yaml"), StringComparison.Ordinal));
}
