using Guard.Core.Clicks;

namespace Guard.Core.Watching;

/// <summary>The names of the streams in which Guard tells of itself.</summary>
public static class OwnStreams
{
    /// <summary>What the names of all of them begin with.</summary>
    public const string Prefix = "guard.";

    /// <summary>The latency from a click's arrival to its durable decision: the median and the 99th percentile of an interval, in milliseconds.</summary>
    public const string Latency = "guard.latency";

    /// <summary>The metric of the clicks in an interval.</summary>
    public const string Clicks = "clicks";

    /// <summary>The metric of the invalidation rate.</summary>
    public const string Ivr = "ivr";

    /// <summary>The metric of the mean score.</summary>
    public const string Score = "score";

    /// <summary>The metric of the invalid share of purchasing clicks.</summary>
    public const string Fpr = "fpr";

    /// <summary>The metric of the minutes without a click that end with an interval; 0 while they are few (see <see cref="Slices.SliceMetricsOptions.Silence"/>).</summary>
    public const string Silence = "silence";

    /// <summary>Gets the name of a slice's stream, such as <c>guard.slice.mobile.in.DE.clicks</c>.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="metric">The metric, such as <see cref="Clicks"/>.</param>
    public static string Of(Slice slice, string metric) => $"{Prefix}slice.{slice.ToString().Replace('/', '.')}.{metric}";

    /// <summary>Gets whether a name is kept for Guard's own streams.</summary>
    public static bool IsOwn(string stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.StartsWith(Prefix, StringComparison.Ordinal);
    }
}
