using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Guard.Server.Telemetry;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Guard.Server.Keys;

/// <summary>
/// Tells who calls, from <c>Authorization: Bearer</c>, <c>x-api-key</c>, or, for browsers, the password of <c>Authorization: Basic</c>.
/// A server without keys listens on loopback only, and all who reach it there may do everything.
/// </summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys, Callers callers, ServerInstruments instruments)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string HeaderName = "x-api-key";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (keys.All.Count == 0)
        {
            return Task.FromResult(Success(callers.Anyone));
        }

        if (Presented() is not { } presented)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        return Task.FromResult(keys.Find(presented, TimeProvider.GetUtcNow()) is { } key
            ? Success(callers.Of(key))
            : AuthenticateResult.Fail("The key is unknown or has expired."));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        instruments.Refused("key");
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        var browser = Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        Response.Headers.WWWAuthenticate = browser ? "Basic realm=\"Guard\", charset=\"UTF-8\"" : "Bearer realm=\"Guard\"";
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        instruments.Refused("scope");
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private string? Presented()
    {
        if (Request.Headers[HeaderName] is [{ Length: > 0 } header])
        {
            return header;
        }

        var authorization = Request.Headers[HeaderNames.Authorization].ToString();
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

    private static AuthenticateResult Success(ClaimsPrincipal principal) => AuthenticateResult.Success(new AuthenticationTicket(principal, SchemeName));
}
