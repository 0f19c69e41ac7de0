using System.Collections.Frozen;
using System.Security.Claims;

namespace Guard.Server.Keys;

/// <summary>The principals of all keys, made once.</summary>
internal sealed class Callers(ApiKeys keys)
{
    private readonly FrozenDictionary<string, ClaimsPrincipal> _byKey =
        keys.All.ToFrozenDictionary(key => key.Id, key => Make(key.Id, key.Scopes), StringComparer.Ordinal);

    /// <summary>Gets who calls a server without keys.</summary>
    public ClaimsPrincipal Anyone { get; } = Make("loopback", ApiScopes.Admin);

    /// <summary>Gets who calls with a key.</summary>
    public ClaimsPrincipal Of(ApiKey key) => _byKey[key.Id];

    private static ClaimsPrincipal Make(string id, ApiScopes scopes)
    {
        var identity = new ClaimsIdentity(ApiKeyHandler.SchemeName, ClaimTypes.NameIdentifier, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, id));
        foreach (var (scope, name) in new[] { (ApiScopes.Send, "send"), (ApiScopes.Read, "read"), (ApiScopes.Admin, "admin") })
        {
            if ((scopes & (scope | ApiScopes.Admin)) != ApiScopes.None)
            {
                identity.AddClaim(new Claim(ApiPolicies.ScopeClaim, name));
            }
        }

        return new ClaimsPrincipal(identity);
    }
}
