using Guard.Server.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Guard.Server.Console.Layout;

/// <summary>What holds for every page: nothing from elsewhere, nothing kept by a browser, and a page in place of a fault.</summary>
internal static partial class PageRules
{
    /// <summary>The pages' content security policy: style, script and pictures of ours, no inline code, no frame around them.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static async ValueTask<object?> ApplyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        Secure(http.Response.Headers);
        try
        {
            return await next(context);
        }
        catch (Exception e) when (e is not OperationCanceledException || !http.RequestAborted.IsCancellationRequested)
        {
            LogFault(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(PageRules)), FaultNames.Of(e), e.StackTrace ?? "no stack");
            return Page.Of<NoticePage>(
                StatusCodes.Status503ServiceUnavailable,
                ("Title", "No answer"),
                ("Text", "The host did not answer this question. Its log says why; the other pages may still work."));
        }
    }

    /// <summary>Sets the headers of a page.</summary>
    public static void Secure(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "A page of the console found no answer: {Exception}\n{Stack}")]
    private static partial void LogFault(ILogger logger, string exception, string stack);
}
