using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Clicks;

namespace Guard.Core.Tests.Clicks;

public class KeyedHashTests
{
    private static readonly KeyedHash s_hash = TestEvents.Hash;

    [Fact]
    public void Equal_texts_of_two_kinds_do_not_meet()
    {
        var hashes = Enum.GetValues<HashKind>().Select(kind => s_hash.Of(kind, "same"u8)).ToArray();
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Fact]
    public void Another_key_gives_other_hashes() =>
        Assert.NotEqual(new KeyedHash(HashingKey.FromBytes(new byte[16])).Of(HashKind.User, "u"u8), s_hash.Of(HashKind.User, "u"u8));

    [Fact]
    public void Zero_stands_for_the_empty_text_alone() =>
        Prop.ForAll<string>(text => s_hash.Of(HashKind.Session, Encoding.UTF8.GetBytes(text ?? string.Empty)) == 0 == string.IsNullOrEmpty(text)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::", "0.0.0.0", false)]
    public void An_entity_is_an_ipv4_address_or_an_ipv6_64(string left, string right, bool same) => Assert.Equal(same, Entity(left) == Entity(right));

    private static ulong Entity(string text) => NetworkAddress.TryParse(Encoding.UTF8.GetBytes(text), out var address)
        ? s_hash.OfEntity(address)
        : throw new FormatException(text);
}
