using System.Globalization;
using System.Text.RegularExpressions;
using Guard.Deployment.Tests.Helm.Rendering;

namespace Guard.Deployment.Tests.Bicep;

public sealed partial class RetentionTests
{
    private static readonly string s_template = File.ReadAllText(Repository.Path("bicep", "main.bicep"));

    // Two who delete the same would contradict each other: what the index of decisions names must be there.
    [Fact]
    public void The_account_deletes_what_Guard_leaves_to_the_store_and_nothing_else()
    {
        var rows = File.ReadLines(Repository.Path("src", "Guard.Grains", "README.md")).Select(line => Row().Match(line)).Where(row => row.Success).ToList();
        var left = rows.Where(row => row.Groups["goes"].Value.EndsWith("by the store's own expiry", StringComparison.Ordinal)).Select(row => row.Groups["folder"].Value);
        var expiring = Prefix().Matches(s_template).Select(prefix => prefix.Groups["folder"].Value).ToList();

        Assert.Contains("events", rows.Select(row => row.Groups["folder"].Value));
        Assert.NotEmpty(expiring);
        Assert.Equal(left, expiring);
    }

    [Fact]
    public void Folders_that_expire_are_such_as_the_cluster_writes()
    {
        var sources = string.Concat(Directory.EnumerateFiles(Repository.Path("src", "Guard.Grains"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        Assert.All(Prefix().Matches(s_template).Select(prefix => prefix.Groups["folder"].Value), folder => Assert.Contains($"Folder = \"{folder}\";", sources, StringComparison.Ordinal));
    }

    [Fact]
    public void The_account_keeps_rejected_events_for_as_long_as_Guard_does_where_nobody_says_otherwise() =>
        Assert.Equal(
            double.Parse(Days().Match(s_template).Groups["days"].Value, CultureInfo.InvariantCulture),
            TimeSpan.Parse((string)GuardChart.ValuesOf("values-azure.yaml").At("grains.keepQuarantineFor")!, CultureInfo.InvariantCulture).TotalDays);

    [GeneratedRegex(@"^\| `(?<folder>[a-z-]+)/[^|]*\|[^|]*\| (?<goes>[^|]*) \|$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"prefix: '\$\{containers\.state\}/(?<folder>[^/']+)/'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Prefix();

    [GeneratedRegex("^param quarantineRetentionDays int = (?<days>[0-9]+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Days();
}
