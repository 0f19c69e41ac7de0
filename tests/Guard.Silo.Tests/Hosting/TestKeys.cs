using Guard.Server.Keys;

namespace Guard.Silo.Tests.Hosting;

/// <summary>A file of API keys, as <c>guard key</c> writes it.</summary>
internal static class TestKeys
{
    /// <summary>Writes an administrator's key and a reader's.</summary>
    public static ((string Admin, string Read) Keys, string File) Write(TemporaryFolder folder)
    {
        var now = TimeProvider.System.GetUtcNow();
        var (admin, read) = (ApiKeys.Create("on call", ApiScopes.Admin, now), ApiKeys.Create("reader", ApiScopes.Read, now));
        return ((admin.Secret, read.Secret), folder.Write("keys.json", new ApiKeys([admin.Key, read.Key]).ToJson()));
    }
}
