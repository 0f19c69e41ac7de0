using System.Text.Encodings.Web;
using Guard.Server.Telemetry;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Guard.Server.Keys;

/// <summary>The authentication scheme of Guard's keys: how it asks for a key, and refuses one that does not do.</summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Callers callers, ServerInstruments instruments)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string HeaderName = "x-api-key";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => callers.RecogniseAsync(Request);

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
}
