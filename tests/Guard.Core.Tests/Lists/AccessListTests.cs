using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Clicks;
using Guard.Core.Lists;

namespace Guard.Core.Tests.Lists;

public sealed class AccessListTests
{
    private static readonly KeyedHash s_hash = new(HashingKey.FromBytes("0123456789abcdef"u8));

    private static AccessList Read(string json) => AccessList.Read(Encoding.UTF8.GetBytes(json), s_hash, "access.json");

    private static (int Entry, AccessRule Rule) Match(AccessList list, string user = "u", string address = "192.0.2.1", string userAgent = "Firefox", long time = 0)
    {
        var batch = new EventBatch();
        var click = new Click
        {
            Time = time,
            User = s_hash.Of(HashKind.User, Encoding.UTF8.GetBytes(user)),
            AddressText = batch.AddText(Encoding.UTF8.GetBytes(address)),
            UserAgentText = batch.AddText(Encoding.UTF8.GetBytes(userAgent)),
        };
        return (list.Match(batch, click, out var rule), rule);
    }

    [Fact]
    public void Users_addresses_networks_and_parts_of_user_agents_match()
    {
        var list = Read("""
            [{"rule":"deny","kind":"user","value":"mallory"},
             {"rule":"deny","kind":"address","value":"203.0.113.7"},
             {"rule":"deny","kind":"address","value":"198.51.100.0/24"},
             {"rule":"deny","kind":"address","value":"2001:db8::/32"},
             {"rule":"deny","kind":"userAgent","value":"EvilBrowser"}]
            """);

        Assert.Equal(0, Match(list, user: "mallory").Entry);
        Assert.Equal(1, Match(list, address: "203.0.113.7").Entry);
        Assert.Equal(1, Match(list, address: "::ffff:203.0.113.7").Entry);
        Assert.Equal(-1, Match(list, address: "203.0.113.8").Entry);
        Assert.Equal(2, Match(list, address: "198.51.100.255").Entry);
        Assert.Equal(-1, Match(list, address: "198.51.101.0").Entry);
        Assert.Equal(3, Match(list, address: "2001:db8:1:2::3").Entry);
        Assert.Equal(-1, Match(list, address: "2001:db9::1").Entry);
        Assert.Equal(4, Match(list, userAgent: "An EvilBrowser/1.0").Entry);
        Assert.Equal(-1, Match(list, address: "", userAgent: "").Entry);
    }

    [Fact]
    public void Allow_beats_deny_wherever_either_stands_in_the_list()
    {
        const string Deny = """{"rule":"deny","kind":"address","value":"0.0.0.0/0"}""";
        const string Allow = """{"rule":"allow","kind":"user","value":"alice"}""";

        Assert.Equal((1, AccessRule.Allow), Match(Read($"[{Deny},{Allow}]"), user: "alice"));
        Assert.Equal((0, AccessRule.Allow), Match(Read($"[{Allow},{Deny}]"), user: "alice"));
        Assert.Equal((0, AccessRule.Deny), Match(Read($"[{Deny},{Allow}]"), user: "bob"));
    }

    [Fact]
    public void Among_entries_of_one_rule_the_first_counts() =>
        Assert.Equal(0, Match(Read("""[{"rule":"deny","kind":"userAgent","value":"Fire"},{"rule":"deny","kind":"user","value":"u"}]""")).Entry);

    [Fact]
    public void An_entry_ends_at_its_expiry_in_event_time()
    {
        var list = Read("""[{"rule":"deny","kind":"user","value":"u","expires":"1970-01-01T00:00:01Z"}]""");

        Assert.Equal(0, Match(list, time: 999).Entry);
        Assert.Equal(-1, Match(list, time: 1000).Entry);
    }

    [Fact]
    public void A_network_matches_exactly_the_addresses_that_share_its_prefix() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<uint>(),
            ArbMap.Default.ArbFor<uint>(),
            Gen.Choose(0, 32).ToArbitrary(),
            (network, other, length) =>
            {
                var list = Read($$"""[{"rule":"deny","kind":"address","value":"{{Dotted(network)}}/{{length}}"}]""");
                var near = length == 32 ? network : network ^ (other >> length);
                return Matches(list, network) && Matches(list, near)
                    && Matches(list, other) == (length == 0 || network >> (32 - length) == other >> (32 - length));
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("""[{"rule":"deny","kind":"address","value":"300.1.1.1"}]""", "entry 1")]
    [InlineData("""[{"rule":"deny","kind":"address","value":"10.0.0.0/33"}]""", "entry 1")]
    [InlineData("""[{"rule":"deny","kind":"address","value":"10.0.0.0/"}]""", "entry 1")]
    [InlineData("""[{"rule":"deny","kind":"user","value":""}]""", "entry 1")]
    [InlineData("[{\"rule\":\"deny\",\n\"kind\":\"planet\",\"value\":\"x\"}]", "line 2")]
    [InlineData("""[{"rule":"deny","kind":"user","value":"x","colour":"red"}]""", "line 1")]
    [InlineData("[{", "line 1")]
    public void A_list_that_cannot_be_used_names_the_place_and_not_the_value(string json, string place)
    {
        var error = Assert.Throws<ListFormatException>(() => Read(json));

        Assert.Contains("access.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("300.1.1.1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_keeps_no_user_id_or_address() =>
        Assert.All(Read("""[{"rule":"deny","kind":"user","value":"mallory"},{"rule":"allow","kind":"address","value":"203.0.113.7"}]""").Entries, entry => Assert.Empty(entry.Value));

    private static string Dotted(uint address) => $"{address >> 24}.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255}";

    private static bool Matches(AccessList list, uint address) => Match(list, address: Dotted(address)).Entry == 0;
}
