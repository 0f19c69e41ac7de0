using System.Reflection;
using Guard.Deployment.Tests.Helm.Rendering;
using Guard.Silo.Configuration;

namespace Guard.Silo.Tests.Deployment;

/// <summary>Feeds what the chart renders to the program that reads it, so that the two cannot drift apart.</summary>
public sealed class SettingsTests
{
    public static TheoryData<string, string[]> Matrix => new()
    {
        { "values.yaml", [] },
        { "values-development.yaml", [] },
        { "values-postgresql.yaml", [] },
        { "values-postgresql.yaml", ["siloTls.existingSecret=tls", "networkPolicy.enabled=false", "telemetry.otlpEndpoint=http://collector:4317"] },
        { "values-postgresql.yaml", ["eventHubs.namespace=example.servicebus.windows.net", "azure.workloadIdentityClientId=00000000-0000-0000-0000-000000000001"] },
        { "values-azure.yaml", [] },
        { "values-azure.yaml", ["eventHubs.namespace=Example.servicebus.windows.net", "eventHubs.hub=Clicks", "lists.access.existingSecret=a", "lists.crawlers.existingConfigMap=c"] },
        { "values-azure.yaml", ["shutdown.timeoutSeconds=200", "shutdown.terminationGracePeriodSeconds=300", "grains.shards=256", "server.bodyBytes=1048576", "shedding.cpuPercent=80"] },
        { "values-azure.yaml", ["webhook.address=https://hooks.example:8443/guard", "webhook.existingSecret=hooks", "webhook.formerKey=former"] },
    };

    // Told by the pod's environment, for one machine or for keys that the chart does not deal in, or fine points whose defaults are Guard's own.
    private static readonly string[] s_leftAlone =
    [
        "Name", "Endpoints.Address",
        "Clustering.FirstSiloPort", "Policy.Starter", "EventHubs.ConnectionString", "EventHubs.Checkpoints.C", "Artifacts.C", "State.C",
        "Server.Listen", "Server.Keys", "Server.SharedAccessPolicies",
        "Grains.Intake.", "Grains.Watching.", "Grains.Decisions.C", "Grains.Decisions.LookEvery", "Webhook.Timeout", "Webhook.FirstRetry", "Webhook.LongestRetry", "Webhook.TurnExpiry", "Calibration.Calibration.", "Calibration.Bounds.", "Server.Patience", "Server.LeastBytesPerSecond", "Server.Heartbeat",
    ];

    [Theory]
    [MemberData(nameof(Matrix))]
    public void The_silo_takes_every_setting_that_the_chart_renders(string file, string[] settings)
    {
        var options = OptionsOf(file, settings);

        Assert.Equal("0.0.0.0:8080", options.Listen);
        Assert.StartsWith("/etc/guard/", options.KeyFile, StringComparison.Ordinal);
        Assert.True(options.Server.ServeMetrics);
    }

    [Fact]
    public void Ports_grace_and_shutdown_agree_with_the_program()
    {
        var (chart, program) = (OptionsOf("values-azure.yaml"), new SiloOptions());
        var pod = GuardChart.Render("values-azure.yaml").One("Deployment").At("spec.template.spec");

        Assert.Equal((program.Endpoints.SiloPort, program.Endpoints.GatewayPort), (chart.Endpoints.SiloPort, chart.Endpoints.GatewayPort));
        Assert.Equal(program.ShutdownTimeout, chart.ShutdownTimeout);
        Assert.True(Values.Whole(pod.At("terminationGracePeriodSeconds")) >= chart.ShutdownTimeout.TotalSeconds + 20);
        Assert.Equal((program.ServiceId, program.ClusterId, program.Policy.Name, program.Grains.Shards), (chart.ServiceId, chart.ClusterId, chart.Policy.Name, chart.Grains.Shards));
    }

    [Fact]
    public void The_chart_sets_every_option_but_those_that_are_left_at_their_defaults()
    {
        var set = Matrix.SelectMany(row => RenderedSettings.SetBy(GuardChart.Render(row.Data.Item1, row.Data.Item2))).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var unset = Options(typeof(SiloOptions), "").Where(option => !set.Contains(option)).ToList();

        Assert.DoesNotContain(unset, option => !s_leftAlone.Any(option.StartsWith));
        Assert.All(s_leftAlone, left => Assert.Contains(unset, option => option.StartsWith(left, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_webhook_is_signed_by_what_its_secret_holds_and_by_the_former_one_where_there_is_one()
    {
        string[] webhook = ["webhook.address=https://hooks.example:8443/guard", "webhook.existingSecret=hooks"];

        Assert.Null(OptionsOf("values-postgresql.yaml").Webhook);
        Assert.Equal([RenderedSettings.Secrets["secret"]], OptionsOf("values-postgresql.yaml", webhook).Webhook!.Secrets);
        var both = OptionsOf("values-postgresql.yaml", [.. webhook, "webhook.formerKey=former"]).Webhook!;
        Assert.Equal("https://hooks.example:8443/guard", both.Address!.AbsoluteUri);
        Assert.Equal([RenderedSettings.Secrets["secret"], RenderedSettings.Secrets["former"]], both.Secrets);
    }

    [Fact]
    public void Alerts_leave_calibration_and_commits_the_time_that_they_take()
    {
        var (values, options) = (GuardChart.ValuesOf("values-azure.yaml"), OptionsOf("values-azure.yaml"));

        Assert.True(TimeSpan.FromHours(Values.Whole(values.At("prometheusRule.thresholds.thresholdsAgeHours"))) >= options.Calibration.Maturity + 2 * options.Calibration.Every);
        Assert.True(TimeSpan.FromSeconds(Values.Whole(values.At("prometheusRule.thresholds.positionAgeSeconds"))) >= 3 * options.Grains.CommitEvery);
        Assert.True(TimeSpan.FromSeconds(Values.Whole(values.At("prometheusRule.thresholds.policyCheckSeconds"))) >= 3 * options.Policy.PollEvery);
    }

    [Theory]
    [InlineData("shutdown.timeoutSeconds=600", "shutdown.terminationGracePeriodSeconds=900")]
    [InlineData("shutdown.timeoutSeconds=61", "shutdown.drainDelaySeconds=60")]
    public void Seconds_of_the_chart_are_the_program_s(params string[] settings)
    {
        var options = OptionsOf("values-azure.yaml", settings);

        Assert.Equal(int.Parse(settings[0].Split('=')[1]), (int)options.ShutdownTimeout.TotalSeconds);
    }

    private static SiloOptions OptionsOf(string file, params string[] settings) => RenderedSettings.Bind(GuardChart.Render(file, settings));

    private static IEnumerable<string> Options(Type type, string at) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).SelectMany(property =>
            property.PropertyType is { IsClass: true } inner && inner.Namespace!.StartsWith("Guard", StringComparison.Ordinal)
                ? Options(property.PropertyType, $"{at}{property.Name}.") : [at + property.Name]);
}
