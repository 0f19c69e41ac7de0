using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Guard.Server.Requests;

/// <summary>Reads Content-Type.</summary>
internal static class MediaType
{
    /// <summary>Gets the media type in lower case, without parameters; empty where there is none.</summary>
    public static string Of(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.MediaType.ToString().ToLowerInvariant() : "";

    /// <summary>Gets whether the type names another charset than UTF-8.</summary>
    public static bool IsOtherCharset(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.Charset.Length > 0
        && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
