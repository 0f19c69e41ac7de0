using Guard.Silo.Configuration;
using Guard.Silo.Hosting;
using Microsoft.Extensions.Configuration;

namespace Guard.Silo.Tests.Hosting;

public sealed class SiloStoresTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_that_cannot_be_written_is_named_with_its_mend(bool hasKey)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("a-file", "where a folder should be");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Guard:Folder", Path.Combine(file, "data")),
            new("Guard:HashingKeyFile", hasKey ? folder.Write("hashing.key", "000102030405060708090a0b0c0d0e0f") : null),
        ]).Build();

        var refused = await Assert.ThrowsAsync<SiloConfigurationException>(() => SiloStores.OpenAsync(SiloConfiguration.Bind(configuration), TestContext.Current.CancellationToken));

        Assert.StartsWith("Guard:Folder does not do", refused.Message, StringComparison.Ordinal);
        Assert.Contains("a-file", refused.Message, StringComparison.Ordinal);
        Assert.Contains("name a folder that the silo may write to", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", refused.Message, StringComparison.Ordinal);
    }
}
