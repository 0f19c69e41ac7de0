using Guard.Server.Keys;
using Guard.Server.Requests;
using Guard.Server.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Guard.Server.Safety;

/// <summary>Keeps a server without keys to the machine it runs on, where a web page in a browser or a proxy could reach it for others.</summary>
/// <remarks>
/// A page whose own name is made to resolve to 127.0.0.1 (DNS rebinding) sends that name as Host, and a proxy that forwards for
/// others says so in its headers.
/// </remarks>
internal sealed class LocalCallers(RequestDelegate next, ApiKeys keys, ServerInstruments instruments)
{
    private static readonly string[] s_proxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"];

    public Task InvokeAsync(HttpContext context)
    {
        if (keys.All.Count > 0)
        {
            return next(context);
        }

        var host = context.Request.Host.Host;
        if (host is not ("localhost" or "127.0.0.1" or "[::1]") && !host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            instruments.Refused("host");
            throw new RequestFault(StatusCodes.Status421MisdirectedRequest, "Without keys this server answers to localhost, 127.0.0.1 and [::1] only; make keys to give it another name.");
        }

        if (s_proxyHeaders.Any(context.Request.Headers.ContainsKey))
        {
            instruments.Refused("proxy");
            throw new RequestFault(StatusCodes.Status403Forbidden, "The request came through a proxy, and without keys this server serves its own machine only; make keys first.");
        }

        return next(context);
    }
}
