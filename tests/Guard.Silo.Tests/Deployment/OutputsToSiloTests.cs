using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Guard.Deployment.Tests.Helm.Rendering;
using Guard.Silo.Configuration;

namespace Guard.Silo.Tests.Deployment;

/// <summary>
/// The whole way from a deployment in Azure to a silo: outputs as Azure's command line gives them, the command of bicep/README.md word for
/// word, the chart, the program's own reader. Only <c>az</c> stands in: it prints <c>outputs.json</c>.
/// </summary>
public sealed partial class OutputsToSiloTests
{
    private static readonly string s_sample = Path.Combine(AppContext.BaseDirectory, "Deployment", "outputs.json");

    [Fact]
    public void The_sample_holds_the_outputs_of_the_template()
    {
        var outputs = Output().Matches(File.ReadAllText(Repository.Path("bicep", "main.bicep"))).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["type"].Value, StringComparer.Ordinal);

        Assert.Equal(outputs.OrderBy(pair => pair.Key, StringComparer.Ordinal), Sample().OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, ((string)pair.Value!["type"]!).ToLowerInvariant())));
    }

    [Fact]
    public async Task A_silo_takes_what_the_documented_command_makes_of_a_deployment_over_storage()
    {
        var objects = await RenderAsync(Sample());

        var options = RenderedSettings.Bind(objects);
        Assert.Equal((ClusteringKind.Azure, "https://stguarddevstax7k2ma.table.core.windows.net/"), (options.Clustering.Kind, options.Clustering.TableServiceUri?.AbsoluteUri));
        Assert.Equal(("evhns-guarddev-x7k2ma.servicebus.windows.net", "clicks", "guard"), (options.EventHubs!.Namespace, options.EventHubs.Hub, options.EventHubs.ConsumerGroup));
        Assert.Equal(("https://stguarddevstax7k2ma.blob.core.windows.net/", "checkpoints"), (options.EventHubs.Checkpoints!.ServiceUri!.AbsoluteUri, options.EventHubs.Checkpoints.Container));
        Assert.Equal(("https://stguarddevstax7k2ma.blob.core.windows.net/", "state"), (options.State!.ServiceUri!.AbsoluteUri, options.State.Container));
        Assert.Equal(("https://stguarddevartx7k2ma.blob.core.windows.net/", "artifacts"), (options.Artifacts!.ServiceUri!.AbsoluteUri, options.Artifacts.Container));
        Assert.Equal("b1c5a3c8-7d2e-4f58-9a6b-3c4d5e6f7a81", options.State.ClientId);
        Assert.Equal("crguarddevx7k2ma.azurecr.io/guard-silo:0.1.0", objects.One("Deployment").At("spec.template.spec.containers.0.image"));
        Assert.Equal("kv-guarddev-x7k2ma", objects.One("SecretProviderClass").At("spec.parameters.keyvaultName"));
        Assert.Equal("stguarddevstax7k2ma", objects.One("ScaledObject").At("spec.triggers.0.metadata.storageAccountName"));
    }

    [Fact]
    public async Task A_silo_takes_what_the_documented_command_makes_of_a_deployment_over_PostgreSQL()
    {
        var outputs = Sample();
        outputs["clustering"]!["value"] = "PostgreSql";
        outputs["postgresHost"]!["value"] = "psql-guarddev-x7k2ma.postgres.database.azure.com";
        outputs["postgresSecretName"]!["value"] = "postgres-connection-string";

        var objects = await RenderAsync(outputs);

        var options = RenderedSettings.Bind(objects);
        Assert.Equal((ClusteringKind.AdoNet, RenderedSettings.Secrets["connection-string"]), (options.Clustering.Kind, options.Clustering.ConnectionString));
        Assert.Contains("objectName: postgres-connection-string", (string)objects.One("SecretProviderClass").At("spec.parameters.objects")!, StringComparison.Ordinal);
    }

    private static JsonObject Sample() => JsonNode.Parse(File.ReadAllText(s_sample))!.AsObject();

    private static async Task<List<Dictionary<string, object?>>> RenderAsync(JsonObject outputs)
    {
        await Tool.RunAsync("jq", ["--version"]);
        using var folder = new TemporaryFolder();
        var az = Path.Combine(folder.Path, "az");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "outputs.json"), outputs.ToJsonString(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(az, "#!/bin/sh\nexec cat outputs.json\n", TestContext.Current.CancellationToken);
        var command = Assert.Single(File.ReadLines(Repository.Path("bicep", "README.md")), line => line.StartsWith("    az ", StringComparison.Ordinal) && line.Contains(".jq", StringComparison.Ordinal)).Trim();

        var result = await Tool.RunAsync("sh", ["-ec", $"cd '{folder.Path}'; chmod +x az; ln -s '{Repository.Path("bicep")}' bicep; PATH=.:$PATH; {command}"]);

        Assert.True(result.ExitCode == 0, result.ToString());
        return GuardChart.Render($"values-azure.yaml,{Path.Combine(folder.Path, "values-azure-mine.yaml")}");
    }

    [GeneratedRegex(@"^output (?<name>\w+) (?<type>\w+) =", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Output();
}
