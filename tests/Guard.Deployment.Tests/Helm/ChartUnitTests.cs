using System.Text.RegularExpressions;
using Guard.Deployment.Tests.Helm.Rendering;

namespace Guard.Deployment.Tests.Helm;

/// <summary>Runs the chart's own tests, which are written for the plug-in helm-unittest, as far as they use its language.</summary>
public sealed partial class ChartUnitTests
{
    private static readonly string s_folder = Path.Combine(GuardChart.Folder, "tests");

    public static TheoryData<string, string> Cases =>
        [.. Directory.EnumerateFiles(s_folder, "*_test.yaml").SelectMany(file => TestsOf(file).Select(test => (Path.GetFileName(file), (string)test.At("it")!)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_chart_keeps_what_its_tests_say(string file, string it)
    {
        var test = TestsOf(Path.Combine(s_folder, file)).Single(test => (string)test.At("it")! == it);
        var values = test.At("values") is List<object?> files ? Path.GetFileName((string)Assert.Single(files)!) : "values.yaml";
        string[] settings = [.. (test.At("set") as Dictionary<string, object?> ?? []).Select(pair => $"{pair.Key}={Yaml.Json(pair.Value)}")];
        var (documents, fault) = Render((string)test.At("template")!, values, settings);

        foreach (var assert in (List<object?>)test.At("asserts")!)
        {
            var (name, arguments) = Values.Map(assert).Single();
            Check(name, arguments, documents, Values.Whole(test.At("documentIndex") ?? 0L), fault);
        }
    }

    [Fact]
    public void Every_template_has_a_test()
    {
        var tested = Directory.EnumerateFiles(s_folder, "*_test.yaml").SelectMany(TestsOf).Select(test => (string)test.At("template")!).ToHashSet(StringComparer.Ordinal);

        Assert.All(Directory.EnumerateFiles(Path.Combine(GuardChart.Folder, "templates"), "*.yaml"), template => Assert.Contains(Path.GetFileName(template), tested));
    }

    private static IEnumerable<object?> TestsOf(string file) => (List<object?>)Yaml.ReadFile(file)["tests"]!;

    private static (List<Dictionary<string, object?>> Documents, string? Fault) Render(string template, string values, string[] settings)
    {
        try
        {
            return (Yaml.Read(GuardChart.RenderFile(template, values, settings)), null);
        }
        catch (TemplateException exception)
        {
            return ([], exception.Message);
        }
    }

    private static void Check(string assert, object? arguments, List<Dictionary<string, object?>> documents, long index, string? fault)
    {
        if (assert == "failedTemplate")
        {
            Assert.Matches((string)arguments.At("errorPattern")!, fault ?? "");
            return;
        }

        Assert.Null(fault);
        if (assert == "hasDocuments")
        {
            Assert.Equal(Values.Whole(arguments.At("count")), documents.Count);
            return;
        }

        var found = assert == "isKind" ? documents[(int)index]["kind"] : Find(documents[(int)index], (string)arguments.At("path")!);
        switch (assert)
        {
            case "isKind":
                Assert.Equal(arguments.At("of"), found);
                break;
            case "equal":
                Assert.Equal(Yaml.Json(arguments.At("value")), Yaml.Json(found));
                break;
            case "exists":
                Assert.NotNull(found);
                break;
            case "notExists":
                Assert.Null(found);
                break;
            case "contains":
                Assert.Contains(Yaml.Json(arguments.At("content")), ((List<object?>)found!).Select(Yaml.Json));
                break;
            case "matchRegex":
                Assert.Matches((string)arguments.At("pattern")!, (string)found!);
                break;
            default:
                Assert.Fail($"{assert} is no assertion that these tests know.");
                break;
        }
    }

    private static object? Find(object? value, string path) => Step().Matches(path).Aggregate(value, (inner, step) => inner switch
    {
        Dictionary<string, object?> map => map.GetValueOrDefault(step.Groups["name"].Value),
        List<object?> list when int.TryParse(step.Groups["name"].Value, out var index) && index < list.Count => list[index],
        _ => null,
    });

    [GeneratedRegex("""\["(?<name>[^"]+)"\]|\[(?<name>\d+)\]|(?<name>[^.\[\]]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Step();
}
