using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Guard.Server.Keys;

/// <summary>
/// The framework's authentication for the one scheme there is: who calls is known without a handler, a ticket and its properties made for
/// each request; asking for a key and refusing one go the framework's way.
/// </summary>
internal sealed class ApiKeyAuthentication(
    IAuthenticationSchemeProvider schemes, IAuthenticationHandlerProvider handlers, IClaimsTransformation transform, IOptions<AuthenticationOptions> options, Callers callers)
    : AuthenticationService(schemes, handlers, transform, options)
{
    /// <inheritdoc/>
    public override Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme) => callers.RecogniseAsync(context.Request);
}
