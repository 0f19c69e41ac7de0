using System.Text;
using Guard.Deployment.Tests.Helm.Rendering;
using Guard.Server.Alerts;
using Guard.Silo.Configuration;
using Microsoft.Extensions.Configuration;

namespace Guard.Silo.Tests.Deployment;

/// <summary>What a silo reads of the objects that the chart rendered, as its container would see it: a file, and what the pod's environment adds.</summary>
internal static class RenderedSettings
{
    /// <summary>Gets what the secrets hold, by their keys.</summary>
    public static IReadOnlyDictionary<string, string> Secrets { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["connection-string"] = "Host=db;Database=guard;Username=guard",
        ["secret"] = WebhookSecret.Create(),
        ["former"] = WebhookSecret.Create(),
    };

    /// <summary>Reads the settings as the program does.</summary>
    /// <exception cref="SiloConfigurationException">The program refuses them.</exception>
    public static SiloOptions Bind(List<Dictionary<string, object?>> objects)
    {
        var environment = EnvironmentOf(objects).ToDictionary(one => NameOf(one).Replace("__", ":", StringComparison.Ordinal), ValueOf, StringComparer.Ordinal);
        using var json = new MemoryStream(Encoding.UTF8.GetBytes(JsonOf(objects)));
        return SiloConfiguration.Bind(new ConfigurationBuilder().AddJsonStream(json).AddInMemoryCollection(environment).Build());
    }

    /// <summary>Lists what the file and the environment set, by the options' names.</summary>
    public static IEnumerable<string> SetBy(List<Dictionary<string, object?>> objects) =>
        Leaves(Values.Map(Yaml.ReadOne(JsonOf(objects))["Guard"]), "").Concat(EnvironmentOf(objects).Select(NameOf)
            .Where(name => name.StartsWith("GUARD__", StringComparison.Ordinal))
            .Select(name => name["GUARD__".Length..].TrimEnd("0123456789".ToCharArray()).Replace("__", ".", StringComparison.Ordinal).TrimEnd('.')));

    private static List<object?> EnvironmentOf(List<Dictionary<string, object?>> objects) => (List<object?>)objects.One("Deployment").At("spec.template.spec.containers.0.env")!;

    private static string NameOf(object? variable) => (string)variable.At("name")!;

    private static string? ValueOf(object? variable) => (string?)variable.At("value") ?? (string?)variable.At("valueFrom.fieldRef.fieldPath") switch
    {
        "metadata.name" => "guard-0",
        "status.podIP" => "10.0.0.7",
        _ => Secrets[(string)variable.At("valueFrom.secretKeyRef.key")!],
    };

    private static string JsonOf(List<Dictionary<string, object?>> objects) => (string)Values.Map(objects.One("ConfigMap")["data"])["settings.json"]!;

    private static IEnumerable<string> Leaves(Dictionary<string, object?> settings, string at) =>
        settings.SelectMany(pair => pair.Value is Dictionary<string, object?> inner ? Leaves(inner, $"{at}{pair.Key}.") : [at + pair.Key]);
}
