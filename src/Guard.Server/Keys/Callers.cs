using System.Collections.Frozen;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Guard.Server.Keys;

/// <summary>
/// Tells who calls, from <c>Authorization: Bearer</c>, <c>x-api-key</c>, or, for browsers, the password of <c>Authorization: Basic</c>.
/// A server without keys listens on loopback only, and all who reach it there may do everything.
/// </summary>
/// <remarks>The answers are made once, since a new one a request was a fifth of what a score allocates.</remarks>
internal sealed class Callers(ApiKeys keys, TimeProvider time)
{
    private readonly Task<AuthenticateResult> _anyone = Known("loopback", ApiScopes.Admin);
    private readonly Task<AuthenticateResult> _nobody = Task.FromResult(AuthenticateResult.NoResult());
    private readonly Task<AuthenticateResult> _unknown = Task.FromResult(AuthenticateResult.Fail("The key is unknown or has expired."));
    private readonly FrozenDictionary<string, Task<AuthenticateResult>> _byKey =
        keys.All.ToFrozenDictionary(key => key.Id, key => Known(key.Id, key.Scopes), StringComparer.Ordinal);

    /// <summary>Finds who sent a request.</summary>
    public Task<AuthenticateResult> RecogniseAsync(HttpRequest request)
    {
        if (keys.All.Count == 0)
        {
            return _anyone;
        }

        if (Presented(request) is not { } presented)
        {
            return _nobody;
        }

        return keys.Find(presented, time.GetUtcNow()) is { } key ? _byKey[key.Id] : _unknown;
    }

    private static string? Presented(HttpRequest request)
    {
        if (request.Headers[ApiKeyHandler.HeaderName] is [{ Length: > 0 } header])
        {
            return header;
        }

        var authorization = request.Headers[HeaderNames.Authorization].ToString();
        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return authorization["Bearer ".Length..].Trim();
        }

        return authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) ? PasswordOf(authorization["Basic ".Length..].Trim()) : null;
    }

    private static string? PasswordOf(string credentials)
    {
        var bytes = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials, bytes, out var length))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':');
        return colon < 0 ? null : text[(colon + 1)..];
    }

    private static Task<AuthenticateResult> Known(string id, ApiScopes scopes)
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

        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), ApiKeyHandler.SchemeName)));
    }
}
