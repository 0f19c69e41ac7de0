using Guard.Deployment.Tests.Helm.Rendering;

namespace Guard.Deployment.Tests.Helm;

/// <summary>Holds what the chart renders now against what its version 0.1.0 rendered, kept in <c>Previous</c>.</summary>
public sealed class UpgradeTests
{
    // What Kubernetes refuses to change, and what the cluster's state hangs on.
    private static readonly (string Kind, string Path)[] s_fixed =
    [
        ("Deployment", "spec.selector"), ("Service", "spec.clusterIP"), ("ServiceAccount", "metadata.name"), ("TriggerAuthentication", "metadata.name"),
        ("ScaledObject", "spec.scaleTargetRef"), ("HorizontalPodAutoscaler", "spec.scaleTargetRef"), ("PodDisruptionBudget", "spec.selector"),
    ];

    private static readonly string[] s_settings = ["ServiceId", "ClusterId", "Clustering.Kind", "Grains.Shards", "EventHubs.ConsumerGroup", "State.Container", "Artifacts.Container", "EventHubs.Checkpoints.Container", "Policy.Name"];

    [Theory]
    [InlineData("development")]
    [InlineData("postgresql")]
    [InlineData("azure")]
    public void An_upgrade_changes_no_immutable_field(string name)
    {
        var previous = Yaml.Read(File.ReadAllText(Repository.Path("tests", "Guard.Deployment.Tests", "Helm", "Previous", $"{name}.yaml")));
        var now = GuardChart.Render($"values-{name}.yaml");

        foreach (var old in previous.Where(item => (string?)item["kind"] != "Pod"))
        {
            var same = Assert.Single(now, item => (item["kind"], item.At("metadata.name")) is var key && key.Equals((old["kind"], old.At("metadata.name"))));
            Assert.Equal(old["apiVersion"], same["apiVersion"]);
            foreach (var (_, path) in s_fixed.Where(one => one.Kind == (string?)old["kind"]))
            {
                Assert.Equal(Yaml.Json(old.At(path)), Yaml.Json(same.At(path)));
            }
        }
    }

    [Theory]
    [InlineData("development")]
    [InlineData("postgresql")]
    [InlineData("azure")]
    public void An_upgrade_keeps_the_settings_that_name_the_state(string name)
    {
        static object? Guard(IEnumerable<Dictionary<string, object?>> objects) => Yaml.ReadOne((string)Values.Map(objects.One("ConfigMap")["data"])["settings.json"]!)["Guard"];

        var previous = Yaml.Read(File.ReadAllText(Repository.Path("tests", "Guard.Deployment.Tests", "Helm", "Previous", $"{name}.yaml")));
        Assert.All(s_settings, path => Assert.Equal(Guard(previous).At(path), Guard(GuardChart.Render($"values-{name}.yaml")).At(path)));
    }
}
