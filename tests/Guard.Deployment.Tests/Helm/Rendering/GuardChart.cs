using System.Text;

namespace Guard.Deployment.Tests.Helm.Rendering;

/// <summary>
/// The chart, rendered without Helm: its templates' language as far as they use it, its schema, its values files. It is no Helm:
/// subcharts, hooks' order, lookup and what a cluster would say are not seen, and <c>helm template</c> is asked too where it is on the path.
/// </summary>
internal static class GuardChart
{
    public const string Release = "guard";

    public static string Folder { get; } = Repository.Path("helm", "guard");

    public static string[] ValuesFiles { get; } = ["values.yaml", "values-development.yaml", "values-postgresql.yaml", "values-azure.yaml"];

    private static readonly Dictionary<string, object?> s_schema = Yaml.ReadFile(Path.Combine(Folder, "values.schema.json"));

    /// <summary>Lays values files and single values over the chart's own.</summary>
    /// <param name="file">A file of the chart's folder; several, with commas between, each over the one before, as Helm's <c>-f</c> takes them.</param>
    /// <param name="settings">Each as <c>a.b=yaml</c>.</param>
    public static Dictionary<string, object?> ValuesOf(string file, params string[] settings)
    {
        var values = Yaml.ReadFile(Path.Combine(Folder, "values.yaml"));
        foreach (var one in file.Split(','))
        {
            Values.Overlay(values, Yaml.ReadFile(Path.Combine(Folder, one)));
        }

        foreach (var setting in settings)
        {
            var (path, value) = (setting[..setting.IndexOf('=', StringComparison.Ordinal)], setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            var one = path.Split('.').Reverse().Aggregate(Yaml.ReadOne($"value: {value}")["value"], (inner, name) => new Dictionary<string, object?>(StringComparer.Ordinal) { [name] = inner });
            Values.Overlay(values, Values.Map(one));
        }

        return values;
    }

    /// <summary>Renders all objects.</summary>
    /// <exception cref="TemplateException">The schema or a check of the chart refuses the values; the message names them.</exception>
    public static List<Dictionary<string, object?>> Render(string file, params string[] settings) => [.. Text(ValuesOf(file, settings)).Where(text => text.Key != "NOTES.txt").SelectMany(text => Yaml.Read(text.Value))];

    /// <summary>Renders one file of templates, such as <c>NOTES.txt</c>.</summary>
    public static string RenderFile(string name, string file, params string[] settings) => Text(ValuesOf(file, settings))[name];

    public static Dictionary<string, object?> One(this IEnumerable<Dictionary<string, object?>> objects, string kind, string name = Release) =>
        objects.Single(item => (string?)item["kind"] == kind && (string?)item.At("metadata.name") == name);

    /// <summary>Goes down a path such as <c>spec.containers.0.name</c>; <see langword="null"/> where it ends early.</summary>
    public static object? At(this object? value, string path) => path.Split('.').Aggregate(value, (inner, name) => inner switch
    {
        Dictionary<string, object?> map => map.GetValueOrDefault(name),
        List<object?> list when int.TryParse(name, out var index) && index < list.Count => list[index],
        _ => null,
    });

    private static Dictionary<string, string> Text(Dictionary<string, object?> values)
    {
        var faults = ValuesSchema.Check(values, s_schema).ToList();
        if (faults.Count > 0)
        {
            throw new TemplateException(string.Join("; ", faults));
        }

        var chart = Yaml.ReadFile(Path.Combine(Folder, "Chart.yaml")).ToDictionary(pair => char.ToUpperInvariant(pair.Key[0]) + pair.Key[1..], pair => pair.Value, StringComparer.Ordinal);
        var release = new Dictionary<string, object?>(StringComparer.Ordinal) { ["Name"] = Release, ["Namespace"] = "default", ["Service"] = "Helm" };
        var templates = Path.Combine(Folder, "templates");
        var defined = new Dictionary<string, Action<Scope, StringBuilder>>(StringComparer.Ordinal);
        var files = new SortedDictionary<string, Action<Scope, StringBuilder>>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(templates, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(templates, path).Replace('\\', '/');
            files[name] = defined[$"templates/{name}"] = Template.Parse(File.ReadAllText(path), defined, Include);
        }

        return files.Where(pair => !Path.GetFileName(pair.Key).StartsWith('_')).ToDictionary(pair => pair.Key, pair => Run(pair.Value, RootOf(pair.Key)), StringComparer.Ordinal);

        Dictionary<string, object?> RootOf(string name) => new(StringComparer.Ordinal)
        {
            ["Values"] = values, ["Chart"] = chart, ["Release"] = release,
            ["Files"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["Get"] = (Func<string, string>)(path => File.ReadAllText(Path.Combine(Folder, path))) },
            ["Template"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["Name"] = $"templates/{name}", ["BasePath"] = "templates" },
        };

        string Include(string name, object? dot) => Run(defined.GetValueOrDefault(name) ?? throw new TemplateException($"there is no template {name}"), dot);
    }

    private static string Run(Action<Scope, StringBuilder> template, object? dot)
    {
        var (scope, output) = (new Scope(dot, null), new StringBuilder());
        scope.Declare("$", dot);
        template(scope, output);
        return output.ToString();
    }
}
