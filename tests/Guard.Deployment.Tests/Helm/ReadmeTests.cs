using System.Text.RegularExpressions;
using Guard.Deployment.Tests.Helm.Rendering;

namespace Guard.Deployment.Tests.Helm;

public sealed partial class ReadmeTests
{
    private static readonly string s_readme = File.ReadAllText(Path.Combine(GuardChart.Folder, "README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void Its_table_of_values_is_values_yaml()
    {
        var rows = s_readme[s_readme.IndexOf("## Values", StringComparison.Ordinal)..].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        var expected = Rows(File.ReadAllLines(Path.Combine(GuardChart.Folder, "values.yaml"))).ToList();

        Assert.True(expected.SequenceEqual(rows), $"The table is to be:\n{string.Join('\n', expected)}");
    }

    [Fact]
    public void Every_file_that_it_links_is_there() =>
        Assert.All(Link().Matches(s_readme).Select(link => link.Groups["path"].Value), path => Assert.True(Path.Exists(Path.Combine(GuardChart.Folder, path)), path));

    [Fact]
    public void Runbooks_and_operations_link_to_files_that_are_there() =>
        Assert.All(new[] { "runbooks", "operations" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(GuardChart.Folder, folder), "*.md")), file =>
            Assert.All(Link().Matches(File.ReadAllText(file)).Select(link => link.Groups["path"].Value), path => Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, path)), $"{file}: {path}")));

    [Fact]
    public void Runbooks_and_operations_name_only_values_that_there_are()
    {
        var values = GuardChart.ValuesOf("values.yaml");
        foreach (var file in new[] { "runbooks", "operations" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(GuardChart.Folder, folder), "*.md")).Append(Path.Combine(GuardChart.Folder, "README.md")))
        {
            var named = Code().Matches(File.ReadAllText(file)).Select(code => code.Groups["path"].Value).Where(path => values.ContainsKey(path.Split('.')[0]));
            Assert.All(named, path => Assert.True(Has(values, path), $"{Path.GetFileName(file)}: {path}"));
        }
    }

    private static bool Has(object? value, string path) =>
        path.Split('.').Aggregate(value, (inner, name) => inner is Dictionary<string, object?> map && map.TryGetValue(name, out var below) ? below ?? "" : null) is not null;

    // Each key with a comment "# --", its default as it stands there, and the comment.
    private static IEnumerable<string> Rows(string[] lines)
    {
        var path = new List<string>();
        for (var line = 0; line < lines.Length; line++)
        {
            var entry = Entry().Match(lines[line]);
            if (entry.Success)
            {
                var depth = entry.Groups["indent"].Length / 2;
                path.RemoveRange(depth, path.Count - depth);
                path.Add(entry.Groups["key"].Value);
                if (line > 0 && lines[line - 1].TrimStart() is ['#', ' ', '-', '-', ' ', .. var comment])
                {
                    var below = lines.Skip(line + 1).TakeWhile(inner => inner.StartsWith(entry.Groups["indent"].Value + "  ", StringComparison.Ordinal)).Select(inner => inner.Trim()).ToList();
                    var value = entry.Groups["value"].Value is { Length: > 0 } own ? own : $"{{{string.Join(", ", below)}}}";
                    yield return $"| `{string.Join('.', path)}` | `{value}` | {comment} |";
                }
            }
        }
    }

    [GeneratedRegex("^(?<indent> *)(?<key>[A-Za-z]+):( (?<value>.*))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\]\((?<path>(?!https?:)[^)#]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<path>[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
