using System.Buffers.Binary;
using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Clicks;

namespace Guard.Core.Tests.Clicks;

public class NetworkAddressTests
{
    [Fact]
    public void Every_ipv6_address_that_the_framework_writes_reads_back()
    {
        // Many zero groups, so that gaps fall everywhere.
        var groups = Gen.Elements<ushort>(0, 0, 0, 1, 0xffff, 0x20a).ArrayOf(8);
        Prop.ForAll(groups.ToArbitrary(), parts =>
        {
            var bytes = new byte[16];
            for (var i = 0; i < 8; i++)
            {
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2 * i), parts[i]);
            }

            return NetworkAddress.TryParse(Encoding.UTF8.GetBytes(new IPAddress(bytes).ToString()), out var address)
                && address == BinaryPrimitives.ReadUInt128BigEndian(bytes);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_ipv4_address_reads_as_its_mapped_form() =>
        Prop.ForAll<uint>(value =>
        {
            var text = new IPAddress(BinaryPrimitives.ReverseEndianness(value)).ToString();
            return NetworkAddress.TryParse(Encoding.UTF8.GetBytes(text), out var plain)
                && NetworkAddress.TryParse(Encoding.UTF8.GetBytes("::FFFF:" + text), out var mapped)
                && plain == mapped && NetworkAddress.IsV4(plain) && (uint)plain == value;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_reads_as_ipv6_also_reads_so_in_the_framework()
    {
        var characters = Gen.Elements(':', ':', ':', '0', 'a', 'F', '.', '1').ArrayOf().Select(c => new string(c));
        Prop.ForAll(characters.ToArbitrary(), text =>
            !text.Contains(':', StringComparison.Ordinal) || !NetworkAddress.TryParse(Encoding.UTF8.GetBytes(text), out var address)
            || (IPAddress.TryParse(text, out var expected) && BinaryPrimitives.ReadUInt128BigEndian(expected.MapToIPv6().GetAddressBytes()) == address))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Theory]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("01.2.3.4")]
    [InlineData("1.2.3.-4")]
    [InlineData("1..3.4")]
    [InlineData(" 1.2.3.4")]
    [InlineData("1.2.3.4:80")]
    [InlineData("::1::")]
    [InlineData(":1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7::8")]
    [InlineData("1:2:3:4:5:6:7:")]
    [InlineData("12345::")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("fe80::1%eth0")]
    [InlineData("::g")]
    [InlineData("")]
    [InlineData(":")]
    public void What_is_no_address_is_refused(string text) => Assert.False(NetworkAddress.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
