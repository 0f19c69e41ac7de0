using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Clicks;

namespace Guard.Core.Tests.Clicks;

public sealed class RepeatedTextsTests
{
    private static readonly KeyedHash s_hash = new(HashingKey.FromBytes([.. Enumerable.Range(1, HashingKey.Bytes).Select(i => (byte)i)]));

    [Fact]
    public void A_text_has_the_hash_that_it_has_alone_whatever_came_before() =>
        Prop.ForAll(Texts().ArrayOf().ToArbitrary(), static texts =>
        {
            var repeated = new RepeatedTexts(s_hash, HashKind.UserAgent);
            Assert.All(texts.Concat(texts), text => Assert.Equal(s_hash.Of(HashKind.UserAgent, text), repeated.Of(text)));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void A_text_that_repeats_is_found_without_allocation()
    {
        var repeated = new RepeatedTexts(s_hash, HashKind.UserAgent);
        var text = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"u8.ToArray();
        repeated.Of(text);

        Assert.Equal(0, Allocation.Least(_ => repeated.Of(text)));
    }

    // Few letters and lengths around the bounds, so that texts share places and differ in one byte.
    private static Gen<byte[]> Texts() =>
        from length in Gen.Elements(0, 1, 7, 8, 9, 40, 255, 256, 257)
        from changed in Gen.Choose(0, Math.Max(0, length - 1))
        from letter in Gen.Elements((byte)'a', (byte)'b', (byte)'c')
        select Changed(length, changed, letter);

    private static byte[] Changed(int length, int changed, byte letter)
    {
        var text = new byte[length];
        Array.Fill(text, (byte)'a');
        if (length > 0)
        {
            text[changed] = letter;
        }

        return text;
    }
}
