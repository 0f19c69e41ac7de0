using Guard.Core.Clicks;
using Guard.Engine.Intake;

namespace Guard.Engine.Tests.Intake;

public sealed class HashingKeyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_key_is_made_once_and_then_kept()
    {
        var path = _folder["new/hashing.key"];
        var first = new KeyedHash(HashingKeyFile.LoadOrCreate(path));
        var second = new KeyedHash(HashingKeyFile.LoadOrCreate(path));
        var other = new KeyedHash(HashingKeyFile.LoadOrCreate(_folder["other.key"]));
        Assert.Equal(first.Of(HashKind.User, "u"u8), second.Of(HashKind.User, "u"u8));
        Assert.NotEqual(first.Of(HashKind.User, "u"u8), other.Of(HashKind.User, "u"u8));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Nobody_but_the_owner_reads_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no permission bits.");
            return;
        }

        HashingKeyFile.LoadOrCreate(_folder["key"]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["key"]));
    }

    [Fact]
    public void A_file_without_a_key_is_an_error_that_names_it_and_not_its_content()
    {
        var path = _folder.Write("key", "secret but short");
        var error = Assert.Throws<InputException>(() => HashingKeyFile.LoadOrCreate(path));
        Assert.StartsWith(path + ": holds no hashing key", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
