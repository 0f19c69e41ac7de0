using Guard.Server.Keys;

namespace Guard.Cli.Tests.Keys;

public sealed class KeyTests : IDisposable
{
    private readonly GuardProcess _guard = new();

    public void Dispose() => _guard.Dispose();

    [Fact]
    public async Task A_key_is_shown_once_and_kept_as_a_hash_for_its_owner_alone()
    {
        var made = await _guard.RunAsync("key", "create", "--scopes", "send,read", "--name", "shop", "--days", "2", "--data", _guard.File("data"));

        Assert.True(made.ExitCode == 0, made.Error);
        var secret = made.Output.Trim();
        var file = _guard.File("data/keys.json");
        Assert.DoesNotContain(secret.Split('_', 3)[2], await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(file));
        var keys = ApiKeys.Read(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        var key = keys.Find(secret, TimeProvider.System.GetUtcNow());
        Assert.Equal(ApiScopes.Send | ApiScopes.Read, key!.Scopes);
        Assert.Null(keys.Find(secret, TimeProvider.System.GetUtcNow().AddDays(3)));
        Assert.Contains("shop", (await _guard.RunAsync("key", "list", "--data", _guard.File("data"))).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_key_is_gone_and_the_others_stay()
    {
        var first = (await Make()).Json.GetProperty("id").GetString()!;
        var second = (await Make()).Json.GetProperty("id").GetString()!;

        var revoked = await _guard.RunAsync("key", "revoke", first, "--data", _guard.File("data"));
        var again = await _guard.RunAsync("key", "revoke", first, "--data", _guard.File("data"));

        Assert.Equal((0, 1), (revoked.ExitCode, again.ExitCode));
        Assert.Contains(first, again.Error, StringComparison.Ordinal);
        Assert.Equal([second], ApiKeys.Read(await File.ReadAllBytesAsync(_guard.File("data/keys.json"), TestContext.Current.CancellationToken)).All.Select(key => key.Id));

        Task<GuardProcess.Result> Make() => _guard.RunAsync("key", "create", "--scopes", "admin", "--data", _guard.File("data"), "--json");
    }

    [Theory]
    [InlineData("write")]
    [InlineData("")]
    [InlineData("send,,read")]
    public async Task A_scope_that_there_is_not_is_a_usage_error(string scopes) =>
        Assert.Equal(2, (await _guard.RunAsync("key", "create", "--scopes", scopes, "--data", _guard.File("data"))).ExitCode);

    [Fact]
    public async Task A_file_of_keys_that_is_damaged_is_one_line()
    {
        Directory.CreateDirectory(_guard.File("data"));
        await File.WriteAllTextAsync(_guard.File("data/keys.json"), "[{", TestContext.Current.CancellationToken);

        var result = await _guard.RunAsync("key", "list", "--data", _guard.File("data"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("keys.json", Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
