using Guard.Core.Clicks;

namespace Guard.Core.Tests.Clicks;

public class HashingKeyTests
{
    private const string Hex = "000102030405060708090a0b0c0d0e0f";

    [Fact]
    public void Hexadecimal_digits_and_bytes_give_the_same_key()
    {
        var bytes = Enumerable.Range(0, 16).Select(i => (byte)i).ToArray();
        Assert.Equal(new KeyedHash(HashingKey.FromBytes(bytes)).Of(HashKind.User, "u"u8), new KeyedHash(HashingKey.Parse(Hex)).Of(HashKind.User, "u"u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0001")]
    [InlineData("000102030405060708090a0b0c0d0e0g")]
    [InlineData("000102030405060708090a0b0c0d0e0f00")]
    public void Anything_else_is_refused_in_words_that_do_not_repeat_it(string text)
    {
        var error = Assert.Throws<FormatException>(() => HashingKey.Parse(text));
        Assert.True(text.Length == 0 || !error.Message.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void No_text_shows_the_key()
    {
        Assert.Equal("hashing key (hidden)", HashingKey.Parse(Hex).ToString());
        Assert.Empty(typeof(HashingKey).GetProperties());
    }
}
