using Guard.Server.Requests;
using Guard.Server.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Guard.Server.Safety;

/// <summary>Refuses what a page of another site makes a browser send, as browsers tell by Sec-Fetch-Site or, where too old for it, by Origin.</summary>
internal sealed class CrossSiteRequests(RequestDelegate next, ServerInstruments instruments)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || !IsForeign(request))
        {
            return next(context);
        }

        instruments.Refused("cross_site");
        throw new RequestFault(StatusCodes.Status403Forbidden, "A page of another site sent this from a browser; send it from a program, or from this server's own pages.");
    }

    private static bool IsForeign(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ Length: > 0 } site])
        {
            return site is not ("same-origin" or "none");
        }

        var origin = request.Headers[HeaderNames.Origin].ToString();
        return origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && uri.Scheme == request.Scheme
            && uri.Authority.Equals(HostWithPort(request, uri), StringComparison.OrdinalIgnoreCase));
    }

    // An origin leaves its scheme's usual port out, and so may the Host header, or not.
    private static string HostWithPort(HttpRequest request, Uri origin) =>
        origin.IsDefaultPort && request.Host.Port == origin.Port ? request.Host.Host : request.Host.Value ?? "";
}
