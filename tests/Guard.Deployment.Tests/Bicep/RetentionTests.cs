using System.Text.RegularExpressions;

namespace Guard.Deployment.Tests.Bicep;

public sealed partial class RetentionTests
{
    private static readonly string s_template = File.ReadAllText(Repository.Path("bicep", "main.bicep"));

    // Two who delete the same would contradict each other: what the index of decisions names must be there.
    [Fact]
    public void The_account_deletes_what_Guard_leaves_to_the_store_and_nothing_else()
    {
        var rows = File.ReadLines(Repository.Path("src", "Guard.Grains", "README.md")).Select(line => Row().Match(line)).Where(row => row.Success).ToList();
        var left = rows.Where(row => row.Groups["goes"].Value == "by the store's own expiry").Select(row => row.Groups["folder"].Value);
        var expiring = Prefix().Matches(s_template).Select(prefix => prefix.Groups["folder"].Value).ToList();

        Assert.Contains("events", rows.Select(row => row.Groups["folder"].Value));
        Assert.NotEmpty(expiring);
        Assert.Equal(left, expiring);
    }

    [Fact]
    public void Folders_that_expire_are_such_as_the_cluster_writes()
    {
        var sources = string.Concat(Directory.EnumerateFiles(Repository.Path("src", "Guard.Grains"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        Assert.All(Prefix().Matches(s_template).Select(prefix => prefix.Groups["folder"].Value), folder => Assert.Contains($"$\"{folder}/{{", sources, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\| `(?<folder>[a-z-]+)/[^|]*\|[^|]*\| (?<goes>[^|]*) \|$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"prefix: '\$\{containers\.state\}/(?<folder>[^/']+)/'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Prefix();
}
