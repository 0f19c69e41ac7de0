using System.Text;
using Guard.Core.Lists;

namespace Guard.Core.Tests.Lists;

public sealed class CrawlerMatcherTests
{
    private static readonly CrawlerList s_list = CrawlerList.Read("""[{"pattern":"zero"},{"pattern":"one"}]"""u8, "list");

    [Theory]
    [InlineData("zero", 0)]
    [InlineData("one", 1)]
    [InlineData("neither", -1)]
    public void The_remembered_answer_is_the_answer(string userAgent, int expected)
    {
        var matcher = new CrawlerMatcher(s_list);
        var bytes = Encoding.UTF8.GetBytes(userAgent);

        Assert.Equal(expected, matcher.Match(7, bytes));
        Assert.Equal(expected, matcher.Match(7, bytes));
        Assert.Equal(expected, matcher.Match(7, "the cache answers by hash alone"u8));
    }

    [Fact]
    public void Hashes_that_share_a_slot_do_not_share_an_answer()
    {
        var matcher = new CrawlerMatcher(s_list);
        const ulong Hash = 0x1234_5678_9abc_0007;

        Assert.Equal(1, matcher.Match(Hash, "one"u8));
        Assert.Equal(-1, matcher.Match(Hash + (1UL << 16), "neither"u8));
        Assert.Equal(1, matcher.Match(Hash, "one"u8));
    }

    [Fact]
    public void No_user_agent_matches_nothing() => Assert.Equal(-1, new CrawlerMatcher(s_list).Match(0, "one"u8));
}
