using Guard.Core.Lifecycle;
using Guard.Engine.Artifacts;

namespace Guard.Engine.Tests.Artifacts;

public sealed class FileArtifactStoreTests : ArtifactStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FileArtifactStoreTests() => Store = new FileArtifactStore(_folder.Path);

    protected override IArtifactStore Store { get; }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_that_a_crash_left_half_written_is_neither_read_nor_listed()
    {
        Directory.CreateDirectory(_folder["a"]);
        await File.WriteAllTextAsync(_folder["a/b.json.partial"], "half", TestContext.Current.CancellationToken);

        Assert.Null(await Store.ReadAsync("a/b.json", TestContext.Current.CancellationToken));
        Assert.Empty(await Store.ListAsync("a", TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        Assert.True(await Store.CreateAsync("a/b.json", new byte[] { 1 }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_stores_over_one_folder_see_each_other()
    {
        var other = new FileArtifactStore(_folder.Path);
        var tag = await Store.ReplaceAsync("current.json", new byte[] { 1 }, null, TestContext.Current.CancellationToken);

        Assert.Null(await other.ReplaceAsync("current.json", new byte[] { 2 }, null, TestContext.Current.CancellationToken));
        Assert.NotNull(await other.ReplaceAsync("current.json", new byte[] { 2 }, tag, TestContext.Current.CancellationToken));
    }
}
