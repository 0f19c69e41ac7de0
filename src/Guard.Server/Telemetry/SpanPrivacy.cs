using System.Diagnostics;
using OpenTelemetry;

namespace Guard.Server.Telemetry;

/// <summary>Keeps of a request's span only what names no one: paths and queries hold user and click ids, and peers are addresses.</summary>
internal sealed class SpanPrivacy : BaseProcessor<Activity>
{
    private static readonly string[] s_allowed =
    [
        "http.request.method", "http.route", "http.response.status_code", "error.type", "url.scheme", "network.protocol.version", "server.port",
    ];

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        if (data.Source.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal))
        {
            foreach (var name in data.TagObjects.Select(tag => tag.Key).Except(s_allowed, StringComparer.Ordinal).ToArray())
            {
                data.SetTag(name, null);
            }
        }

        // What a caller put there, Guard cannot know.
        data.TraceStateString = null;
    }
}
