using System.Diagnostics;
using OpenTelemetry;

namespace Guard.Server.Telemetry;

/// <summary>Keeps of a span that is not Guard's own only what names no one: paths, queries, keys of grains and messages of errors hold user and click ids, and peers are addresses.</summary>
internal sealed class SpanPrivacy : BaseProcessor<Activity>
{
    private static readonly string[] s_allowed =
    [
        "http.request.method", "http.route", "http.response.status_code", "error.type", "url.scheme", "network.protocol.version", "server.port",
        "rpc.system.name", "rpc.method", "orleans.rpc.service", "orleans.grain.type", "orleans.grain.state", "orleans.activation.cause",
        "orleans.storage.provider", "orleans.storage.state.name", "orleans.storage.state.type", "exception.type",
    ];

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        if (!data.Source.Name.StartsWith("Guard", StringComparison.Ordinal))
        {
            data.SetStatus(data.Status);
            foreach (var name in data.TagObjects.Select(tag => tag.Key).Except(s_allowed, StringComparer.Ordinal).ToArray())
            {
                data.SetTag(name, null);
            }
        }

        // What a caller put there, Guard cannot know.
        data.TraceStateString = null;
    }
}
