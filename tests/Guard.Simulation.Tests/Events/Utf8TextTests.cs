using System.Globalization;
using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Guard.Simulation.Events;

namespace Guard.Simulation.Tests.Events;

public sealed class Utf8TextTests
{
    [Fact]
    public void A_time_is_written_as_the_framework_writes_it()
    {
        var text = new Utf8Text();
        Prop.ForAll(Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(0, 999)).ToArbitrary(), pair =>
        {
            var time = DateTimeOffset.FromUnixTimeSeconds(pair.Item1).AddMilliseconds(pair.Item2);
            Span<byte> bytes = stackalloc byte[Utf8Text.TimeLength];
            return Encoding.ASCII.GetString(text.Time(time.ToUnixTimeMilliseconds(), bytes))
                == time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0UL, "0000000000000000")]
    [InlineData(0xABC_DEF0UL, "000000000abcdef0")]
    [InlineData(ulong.MaxValue, "ffffffffffffffff")]
    public void An_id_is_sixteen_hexadecimal_digits(ulong id, string expected)
    {
        Span<byte> bytes = stackalloc byte[Utf8Text.IdLength];
        Assert.Equal(expected, Encoding.ASCII.GetString(Utf8Text.Id(id, bytes)));
    }

    [Fact]
    public void An_address_is_read_by_the_framework_as_the_numbers_it_was_made_of() =>
        Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), ArbMap.Default.ArbFor<bool>(), (seed, six) =>
        {
            var random = new SeededRandom(seed);
            var address = Address.Draw(ref random, six ? 1 : 0);
            Span<byte> text = stackalloc byte[45];
            var bytes = IPAddress.Parse(Encoding.ASCII.GetString(text[..address.Format(text)])).GetAddressBytes();
            return six
                ? new UInt128(address.Prefix, address.Rest) == bytes.Aggregate(UInt128.Zero, (sum, value) => (sum << 8) | value)
                : address is { Prefix: 0 } && address.Rest == bytes.Aggregate(0UL, (sum, value) => (sum << 8) | value);
        }).QuickCheckThrowOnFailure();
}
