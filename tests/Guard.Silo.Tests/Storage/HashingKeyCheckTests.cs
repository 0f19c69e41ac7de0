using Guard.Silo.Configuration;
using Guard.Silo.Hosting;
using Microsoft.Extensions.Configuration;

namespace Guard.Silo.Tests.Storage;

public sealed class HashingKeyCheckTests
{
    [Fact]
    public async Task State_made_under_one_hashing_key_is_shut_to_silos_with_another()
    {
        using var folder = new TemporaryFolder();
        var (ours, theirs) = (folder.Write("ours.key", "000102030405060708090a0b0c0d0e0f"), folder.Write("theirs.key", "ff0102030405060708090a0b0c0d0e0f"));
        await OpenAsync(folder, ours);
        await OpenAsync(folder, ours);

        var refused = await Assert.ThrowsAsync<SiloConfigurationException>(() => OpenAsync(folder, theirs));

        Assert.StartsWith("Guard:HashingKeyFile does not do", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0102030405060708", refused.Message);
    }

    private static async Task OpenAsync(TemporaryFolder folder, string key)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Guard:Folder", folder["data"]), new("Guard:HashingKeyFile", key)]).Build();
        await using var stores = await SiloStores.OpenAsync(SiloConfiguration.Bind(configuration), TestContext.Current.CancellationToken);
    }
}
