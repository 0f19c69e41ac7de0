using System.Text;
using Guard.Core.Lifecycle;

namespace Guard.Engine.Tests.Artifacts;

/// <summary>What every artifact store promises; each store's tests derive from it.</summary>
public abstract class ArtifactStoreContract
{
    protected abstract IArtifactStore Store { get; }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_created_is_read_back_whole()
    {
        var content = new byte[100_000];
        new Random(1).NextBytes(content);

        Assert.True(await Store.CreateAsync("models/clicks/v1/weights.bin", content, Cancellation));

        var artifact = await Store.ReadAsync("models/clicks/v1/weights.bin", Cancellation);
        Assert.Equal(content, artifact!.Content.ToArray());
    }

    [Fact]
    public async Task What_was_never_written_reads_as_nothing()
    {
        Assert.Null(await Store.ReadAsync("models/none", Cancellation));
        Assert.Null(await Store.ReadAsync("no/such/folder/none", Cancellation));
    }

    [Fact]
    public async Task Creating_the_same_content_again_changes_nothing()
    {
        await Store.CreateAsync("a/b.json", Bytes("one"), Cancellation);

        Assert.False(await Store.CreateAsync("a/b.json", Bytes("one"), Cancellation));
    }

    [Fact]
    public async Task An_immutable_artifact_is_never_overwritten()
    {
        await Store.CreateAsync("a/b.json", Bytes("one"), Cancellation);

        await Assert.ThrowsAsync<ArtifactConflictException>(async () => await Store.CreateAsync("a/b.json", Bytes("two"), Cancellation));
        Assert.Equal(Bytes("one"), (await Store.ReadAsync("a/b.json", Cancellation))!.Content.ToArray());
    }

    [Fact]
    public async Task Of_many_who_create_one_artifact_at_once_one_succeeds()
    {
        var created = await Task.WhenAll(Enumerable.Range(0, 12).Select(writer => Task.Run(async () =>
        {
            try
            {
                return await Store.CreateAsync("a/b.json", Bytes($"writer {writer}"), Cancellation);
            }
            catch (ArtifactConflictException)
            {
                return false;
            }
        })));

        Assert.Equal(1, created.Count(isMine => isMine));
    }

    [Fact]
    public async Task What_was_deleted_is_gone_and_deleting_it_again_changes_nothing()
    {
        await Store.CreateAsync("a/b.json", Bytes("one"), Cancellation);
        await Store.CreateAsync("a/c.json", Bytes("one"), Cancellation);

        await Store.DeleteAsync("a/b.json", Cancellation);
        await Store.DeleteAsync("a/b.json", Cancellation);
        await Store.DeleteAsync("no/such/folder", Cancellation);

        Assert.Null(await Store.ReadAsync("a/b.json", Cancellation));
        Assert.NotNull(await Store.ReadAsync("a/c.json", Cancellation));
        Assert.True(await Store.CreateAsync("a/b.json", Bytes("two"), Cancellation));
    }

    [Fact]
    public async Task A_pointer_moves_only_from_what_the_caller_read()
    {
        var first = await Store.ReplaceAsync("a/current.json", Bytes("v1"), null, Cancellation);
        Assert.NotNull(first);

        Assert.Null(await Store.ReplaceAsync("a/current.json", Bytes("v2"), null, Cancellation));
        Assert.NotNull(await Store.ReplaceAsync("a/current.json", Bytes("v2"), first, Cancellation));
        Assert.Null(await Store.ReplaceAsync("a/current.json", Bytes("v3"), first, Cancellation));
        Assert.Equal(Bytes("v2"), (await Store.ReadAsync("a/current.json", Cancellation))!.Content.ToArray());
    }

    [Fact]
    public async Task The_tag_that_replacing_returns_is_the_tag_that_reading_gives()
    {
        var tag = await Store.ReplaceAsync("a/current.json", Bytes("v1"), null, Cancellation);

        Assert.Equal(tag, (await Store.ReadAsync("a/current.json", Cancellation))!.ETag);
    }

    [Fact]
    public async Task Of_many_who_move_a_pointer_at_once_exactly_one_succeeds_a_round()
    {
        string? tag = null;
        for (var round = 0; round < 5; round++)
        {
            var expected = tag;
            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(
                writer => Task.Run(async () => await Store.ReplaceAsync("a/current.json", Bytes($"{round}-{writer}"), expected, Cancellation), Cancellation)));

            tag = Assert.Single(results, result => result is not null);
        }
    }

    [Fact]
    public async Task A_folder_lists_its_paths_in_ordinal_order()
    {
        foreach (var path in new[] { "m/b/2", "m/a/1", "m/B/1", "n/x" })
        {
            await Store.CreateAsync(path, Bytes(path), Cancellation);
        }

        Assert.Equal(["m/B/1", "m/a/1", "m/b/2"], await Store.ListAsync("m", Cancellation).ToListAsync(Cancellation));
        Assert.Empty(await Store.ListAsync("none", Cancellation).ToListAsync(Cancellation));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a\\b")]
    [InlineData(" ")]
    public async Task A_path_that_could_leave_the_store_is_refused(string path) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.ReadAsync(path, Cancellation));

    [Fact]
    public async Task A_version_is_published_read_and_put_in_force()
    {
        var models = new VersionedArtifacts(Store, "models/clicks");
        Assert.Null(await models.CurrentAsync(Cancellation));

        await models.CreateAsync("v1", new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { ["card.json"] = Bytes("{}"), ["weights.bin"] = new byte[] { 1, 2, 3 } }, Cancellation);
        await models.CreateAsync("v2", new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { ["card.json"] = Bytes("{}") }, Cancellation);

        Assert.Null(await models.MoveCurrentAsync("v1", Cancellation));
        Assert.Equal("v1", await models.MoveCurrentAsync("v2", Cancellation));
        Assert.Equal("v2", await models.CurrentAsync(Cancellation));
        Assert.Equal([1, 2, 3], (await models.ReadAsync("v1", Cancellation))["weights.bin"].ToArray());
        await Assert.ThrowsAsync<ArtifactMissingException>(async () => await models.ReadAsync("v3", Cancellation));
    }

    [Fact]
    public async Task A_version_may_be_one_document()
    {
        var thresholds = new VersionedArtifacts(Store, "thresholds/clicks");

        await thresholds.CreateDocumentAsync("v1", Bytes("{\"all\":1}"), Cancellation);

        Assert.Equal(Bytes("{\"all\":1}"), (await thresholds.ReadDocumentAsync("v1", Cancellation)).ToArray());
        await Assert.ThrowsAsync<ArtifactMissingException>(async () => await thresholds.ReadDocumentAsync("v2", Cancellation));
        await Assert.ThrowsAsync<ArtifactConflictException>(async () => await thresholds.CreateDocumentAsync("v1", Bytes("{}"), Cancellation));
    }

    [Fact]
    public async Task A_pointer_that_is_not_readable_names_its_path_and_the_mend()
    {
        await Store.ReplaceAsync("models/clicks/current.json", Bytes("{\"versi"), null, Cancellation);

        var error = await Assert.ThrowsAsync<InvalidDataException>(async () => await new VersionedArtifacts(Store, "models/clicks").CurrentAsync(Cancellation));
        Assert.Contains("models/clicks/current.json", error.Message, StringComparison.Ordinal);
    }
}
