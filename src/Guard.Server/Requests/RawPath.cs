using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Guard.Server.Requests;

/// <summary>Reads a name from the end of a path as the client wrote it.</summary>
internal static class RawPath
{
    /// <summary>Gets what follows a prefix in the path, percent-decoded once.</summary>
    /// <remarks>The decoded path does not tell an encoded slash (left as %2F) from an encoded percent sign; the request line does.</remarks>
    /// <param name="context">The request.</param>
    /// <param name="prefix">The prefix, such as <c>/v1/users/</c>.</param>
    /// <param name="routed">What routing found, for a request line that spells the prefix in another way.</param>
    public static string NameAfter(HttpContext context, string prefix, string routed)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var query = target.IndexOf('?');
        var path = query < 0 ? target : target[..query];
        var authority = path.IndexOf("://", StringComparison.Ordinal);
        if (authority >= 0 && !path.StartsWith('/'))
        {
            var slash = path.IndexOf('/', authority + 3);
            path = slash < 0 ? "/" : path[slash..];
        }

        return path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(path[prefix.Length..]) : routed;
    }
}
