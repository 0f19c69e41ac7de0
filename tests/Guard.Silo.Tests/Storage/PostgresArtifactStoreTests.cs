using System.Text;
using Guard.Core.Lifecycle;
using Guard.Engine.Tests.Artifacts;
using Guard.Silo.Storage;
using Guard.Silo.Tests.Postgres;
using Npgsql;

namespace Guard.Silo.Tests.Storage;

public sealed class PostgresArtifactStoreTests(PostgresFixture postgres) : ArtifactStoreContract, IAsyncLifetime
{
    private NpgsqlDataSource? _database;

    protected override IArtifactStore Store => new PostgresArtifactStore(_database!);

    public async ValueTask InitializeAsync() => _database = NpgsqlDataSource.Create(await postgres.NewGuardDatabaseAsync());

    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task A_tag_never_comes_again_although_the_content_does()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var first = await Store.ReplaceAsync("a/current.json", Encoding.UTF8.GetBytes("v1"), null, cancellation);
        var second = await Store.ReplaceAsync("a/current.json", Encoding.UTF8.GetBytes("v2"), first, cancellation);
        var third = await Store.ReplaceAsync("a/current.json", Encoding.UTF8.GetBytes("v1"), second, cancellation);

        Assert.NotEqual(first, third);
        Assert.Null(await Store.ReplaceAsync("a/current.json", Encoding.UTF8.GetBytes("v3"), first, cancellation));
        Assert.Null(await Store.ReplaceAsync("a/current.json", Encoding.UTF8.GetBytes("v3"), "no number", cancellation));
    }

    [Fact]
    public async Task A_folder_holds_nothing_of_those_whose_names_begin_alike()
    {
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var path in new[] { "a/b/1", "a/bc/2", "a/b0/3", "a/b" })
        {
            await Store.CreateAsync(path, new byte[1], cancellation);
        }

        Assert.Equal(["a/b/1"], await Store.ListAsync("a/b", cancellation).ToListAsync(cancellation));
    }
}
