using Guard.Server.Keys;
using Orleans.Dashboard;

namespace Guard.Silo.Hosting;

/// <summary>Orleans' dashboard, for those who may see everything: it shows what grains hold.</summary>
internal static class Dashboard
{
    // It has fonts and pictures of its own beside scripts and styles; all come from this server.
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void Configure(DashboardOptions options)
    {
        // The live log may name grains by their keys.
        options.HideTrace = true;
    }

    public static void Map(WebApplication app, string path) => app.MapOrleansDashboard(path)
        .RequireAuthorization(ApiPolicies.Admin)
        .ExcludeFromDescription()
        .AddEndpointFilter(static (context, next) =>
        {
            context.HttpContext.Response.Headers.ContentSecurityPolicy = ContentPolicy;
            return next(context);
        });
}
