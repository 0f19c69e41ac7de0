using Microsoft.AspNetCore.Http;

namespace Guard.Server.Console.Layout;

/// <summary>Shows a browser a page where there is nothing at an address; programs get the API's problem details. Who may not read was refused before.</summary>
internal sealed class MissingPages(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is null && IsBrowser(context.Request))
        {
            PageRules.Secure(context.Response.Headers);
            await Page.NotFound("There is no page at this address.").ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private static bool IsBrowser(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
