using Microsoft.AspNetCore.Http;

namespace Guard.Server.Console.Layout;

/// <summary>Sends the browser on to a page after a form (HTTP 303).</summary>
internal sealed class SeeOther(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}
