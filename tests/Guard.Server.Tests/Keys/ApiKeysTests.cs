using System.Text;
using Guard.Server.Keys;

namespace Guard.Server.Tests.Keys;

public sealed class ApiKeysTests
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.UnixEpoch;
    private readonly NewApiKey _key = ApiKeys.Create("shop", ApiScopes.Send, s_now);

    [Fact]
    public void A_key_is_found_by_its_secret_and_by_nothing_near_it()
    {
        var keys = new ApiKeys([_key.Key, ApiKeys.Create("other", ApiScopes.Read, s_now).Key]);

        Assert.Equal("shop", keys.Find(_key.Secret, s_now)?.Name);
        Assert.Null(keys.Find(_key.Secret + "A", s_now));
        Assert.Null(keys.Find(_key.Secret[..^1], s_now));
        Assert.Null(keys.Find(_key.Secret[..^1] + (_key.Secret[^1] == 'A' ? 'B' : 'A'), s_now));
        Assert.Null(keys.Find($"guard_{_key.Key.Id}_", s_now));
        Assert.Null(keys.Find("", s_now));
        Assert.Null(keys.Find(new string('x', 100_000), s_now));
    }

    [Fact]
    public void An_expired_key_is_not_found()
    {
        var key = ApiKeys.Create("shop", ApiScopes.Send, s_now, s_now.AddDays(1));
        var keys = new ApiKeys([key.Key]);

        Assert.NotNull(keys.Find(key.Secret, s_now.AddDays(1).AddTicks(-1)));
        Assert.Null(keys.Find(key.Secret, s_now.AddDays(1)));
    }

    [Fact]
    public void What_is_kept_holds_no_secret_and_is_read_back()
    {
        var json = new ApiKeys([_key.Key]).ToJson();

        Assert.DoesNotContain(_key.Secret, Encoding.UTF8.GetString(json));
        Assert.DoesNotContain(_key.Secret.Split('_', 3)[2], Encoding.UTF8.GetString(json));
        Assert.Equal(_key.Key, Assert.Single(ApiKeys.Read(json).All));
    }

    [Theory]
    [InlineData("""[{"id":"1","name":"n","scopes":"Send","sha256":"00","created":"2026-01-01T00:00:00Z"}]""", "'1'")]
    [InlineData("""[{"id":"1","name":"n","scopes":"None","sha256":"0000000000000000000000000000000000000000000000000000000000000000","created":"2026-01-01T00:00:00Z"}]""", "'1'")]
    [InlineData("""[{"id":"1"}]""", "guard key")]
    [InlineData("nonsense", "line 1")]
    public void A_damaged_file_is_refused_and_the_place_is_named(string json, string place)
    {
        var fault = Assert.Throws<FormatException>(() => ApiKeys.Read(Encoding.UTF8.GetBytes(json)));

        Assert.Contains(place, fault.Message);
    }

    [Fact]
    public void Two_keys_of_one_id_are_refused() => Assert.Throws<FormatException>(() => new ApiKeys([_key.Key, _key.Key]));
}
