using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Guard.Server.Requests;

/// <summary>Writes problem details (RFC 9457). No text holds a value of the request.</summary>
internal static class Problems
{
    /// <summary>Answers a request with a problem.</summary>
    /// <param name="context">The request, whose answer has not begun.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="detail">What is wrong and how to mend it; <see langword="null"/> for what the status says.</param>
    /// <param name="retryAfter">When to come again.</param>
    /// <param name="extensions">More members.</param>
    public static Task WriteAsync(
        HttpContext context, int status, string? detail = null, TimeSpan? retryAfter = null, IEnumerable<KeyValuePair<string, object?>>? extensions = null)
    {
        if (retryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return TypedResults.Problem(detail ?? DetailOf(status), statusCode: status, extensions: extensions).ExecuteAsync(context);
    }

    private static string? DetailOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request is not one that this address reads; /openapi/v1.json describes it.",
        StatusCodes.Status401Unauthorized => "Give a key that this server knows: Authorization: Bearer <key>, or x-api-key: <key>.",
        StatusCodes.Status403Forbidden => "The key does not allow this.",
        StatusCodes.Status404NotFound => "There is nothing at this address; /openapi/v1.json lists what is there.",
        StatusCodes.Status405MethodNotAllowed => "This address takes another method: see the Allow header.",
        StatusCodes.Status408RequestTimeout => "The body came too slowly; nothing of it was taken in.",
        StatusCodes.Status413PayloadTooLarge => "The body is longer than this server takes: send it in parts.",
        StatusCodes.Status415UnsupportedMediaType => "The Content-Type is not read here; /openapi/v1.json lists those that are.",
        StatusCodes.Status429TooManyRequests => "Too many requests: wait as long as Retry-After says.",
        StatusCodes.Status500InternalServerError => "The server failed; its log says how, under the trace id.",
        _ => null,
    };
}
