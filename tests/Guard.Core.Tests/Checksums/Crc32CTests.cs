using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Checksums;

namespace Guard.Core.Tests.Checksums;

public sealed class Crc32CTests
{
    // RFC 3720, appendix B.4, and the check value of the catalogue of parametrised CRC algorithms.
    [Fact]
    public void Published_values_are_met()
    {
        Assert.Equal(0xE3069283u, Crc32C.Of(Encoding.ASCII.GetBytes("123456789")));
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Of(Enumerable.Repeat((byte)0xFF, 32).ToArray()));
        Assert.Equal(0x46DD794Eu, Crc32C.Of([.. Enumerable.Range(0, 32).Select(value => (byte)value)]));
    }

    [Fact]
    public void Bytes_of_any_length_in_any_pieces_give_the_checksum_of_one_byte_after_the_other() =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var bytes = new byte[random.Next(0, 30_000)];
            random.NextBytes(bytes);
            var cut = random.Next(0, bytes.Length + 1);

            var inPieces = Crc32C.Finish(Crc32C.Append(Crc32C.Append(Crc32C.Start, bytes.AsSpan(0, cut)), bytes.AsSpan(cut)));

            var slow = bytes.Aggregate(Crc32C.Start, BitOperations.Crc32C);
            Assert.Equal((Crc32C.Finish(slow), Crc32C.Finish(slow)), (inPieces, Crc32C.Of(bytes)));
            return true;
        }).Check(Config.QuickThrowOnFailure);
}
