using System.Globalization;
using System.Text;
using Guard.Core.Lists;

namespace Guard.Core.Tests.Lists;

public sealed class CrawlerListTests
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0";

    private static CrawlerList Read(string json) => CrawlerList.Read(Encoding.UTF8.GetBytes(json), "crawlers.json");

    [Theory]
    [InlineData("Googlebot/2.1 (+http://www.google.com/bot.html)", 0)]
    [InlineData("wget 1.0", 1)]
    [InlineData("Seekbot/1.0", 2)]
    [InlineData("not Seekbot/1.0", -1)]
    [InlineData("A dot. in it", 3)]
    [InlineData("A dot, in it", -1)]
    [InlineData("", -1)]
    [InlineData(Firefox, -1)]
    public void A_pattern_is_a_case_sensitive_unanchored_regular_expression(string userAgent, int expected)
    {
        var list = Read("""[{"pattern":"Googlebot\\/"},{"pattern":"[wW]get","tags":["x"]},{"pattern":"^Seekbot"},{"pattern":"dot\\."}]""");

        Assert.Equal(expected, list.Match(userAgent));
    }

    [Fact]
    public void The_first_pattern_of_the_list_wins()
    {
        var list = Read("""[{"pattern":"zzz"},{"pattern":"b+ot"},{"pattern":"bot"}]""");

        Assert.Equal(1, list.Match("a bot"));
    }

    [Theory]
    [InlineData("""[{"pattern":"a("}]""", "entry 1")]
    [InlineData("""[{"pattern":"ok"},{"pattern":"a(?=b)"}]""", "entry 2")]
    [InlineData("""[{"url":"x"}]""", "entry 1")]
    [InlineData("""[{"pattern":"ok"},null]""", "entry 2")]
    [InlineData("[{\"pattern\":\n", "line 2")]
    [InlineData("{}", "line 1")]
    public void A_list_that_cannot_be_used_names_the_entry_or_line(string json, string place)
    {
        var error = Assert.Throws<ListFormatException>(() => Read(json));

        Assert.Contains("crawlers.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void The_built_in_list_knows_common_crawlers_and_no_browser()
    {
        Assert.NotEqual(-1, CrawlerList.BuiltIn.Match("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"));
        Assert.Equal(-1, CrawlerList.BuiltIn.Match(Firefox));
    }

    [Fact]
    public void A_real_access_log_matches_the_public_list_in_19_55_percent_of_its_lines()
    {
        // Source of the share: the list applied to the same log by an independent implementation, 1,955 of 10,000 lines.
        var list = CrawlerList.Read(File.ReadAllBytes(SharedData.File("clicks/crawler-user-agents.json")), "crawler-user-agents.json");
        var matcher = new CrawlerMatcher(list);
        var lines = File.ReadAllLines(SharedData.File("clicks/apache_access.log"));

        var matches = lines.Count(line =>
        {
            var userAgent = Encoding.UTF8.GetBytes(line.Split('"')[^2]);
            return matcher.Match(HashOf(userAgent), userAgent) >= 0;
        });

        Assert.Equal("19.55 %", (matches / (double)lines.Length).ToString("P2", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Every_pattern_of_the_public_list_finds_its_own_sample_user_agents()
    {
        using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(SharedData.File("clicks/crawler-user-agents.json")));
        var list = CrawlerList.Read(File.ReadAllBytes(SharedData.File("clicks/crawler-user-agents.json")), "crawler-user-agents.json");

        var missed = document.RootElement.EnumerateArray()
            .SelectMany(entry => entry.GetProperty("instances").EnumerateArray())
            .Count(instance => list.Match(instance.GetString()) < 0);

        Assert.Equal(0, missed);
    }

    private static ulong HashOf(byte[] bytes) => BitConverter.ToUInt64(System.Security.Cryptography.SHA256.HashData(bytes));
}
