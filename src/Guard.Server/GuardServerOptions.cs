using System.Net;
using Guard.Server.Hubs;
using Guard.Server.Keys;

namespace Guard.Server;

/// <summary>Where and how the server listens. The bounds are Guard's own choices.</summary>
public sealed record GuardServerOptions
{
    /// <summary>Gets the addresses to listen on; port 0 takes a free one. Default: loopback, port 5080.</summary>
    public IReadOnlyList<IPEndPoint> Listen { get; init; } = [new(IPAddress.Loopback, 5080)];

    /// <summary>Gets the keys. Without any, the server listens on loopback only and every caller there may do everything. Default: none.</summary>
    public IReadOnlyList<ApiKey> Keys { get; init; } = [];

    /// <summary>Gets the policies by which producers written for Event Hubs sign what they send; with any, that address wants a token or a key. Default: none.</summary>
    public IReadOnlyList<SharedAccessPolicy> SharedAccessPolicies { get; init; } = [];

    /// <summary>Gets the most bytes of a request's body, packed and unpacked, in [64 KiB, 256 MiB]. Default: 16 MiB.</summary>
    public int BodyBytes { get; init; } = 16 << 20;

    /// <summary>Gets the most bytes that all bodies take at one time, at least two of the longest. Default: 256 MiB.</summary>
    public long AllBodyBytes { get; init; } = 256 << 20;

    /// <summary>Gets the most connections at one time, at least 1. Default: 10,000.</summary>
    public int Connections { get; init; } = 10_000;

    /// <summary>Gets the requests a second that one key may make, with a burst of as many, at least 1. Default: 50,000.</summary>
    public int RequestsPerSecond { get; init; } = 50_000;

    /// <summary>Gets the most requests that wait for decisions at one time, at least 1. Default: 1,000.</summary>
    public int Watchers { get; init; } = 1_000;

    /// <summary>Gets how long a client may take for a request's headers, and to begin its body, in [100 ms, 5 min]. Default: 10 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets the least bytes a second at which a client sends a body or reads an answer, at least 1. Default: 240.</summary>
    public double LeastBytesPerSecond { get; init; } = 240;

    /// <summary>Gets how often an event stream without decisions says that it lives, in [100 ms, 5 min]. Default: 15 s.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets the OpenTelemetry collector, such as <c>http://localhost:4318</c>; <see langword="null"/> sends nothing. Default: none.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>Gets whether the collector speaks gRPC (usually port 4317) rather than HTTP with protobuf (4318). Default: no.</summary>
    public bool OtlpOverGrpc { get; init; }

    /// <summary>Gets whether <c>GET /metrics</c> tells the metrics in Prometheus' text format, to keys of scope read. Default: no.</summary>
    public bool ServeMetrics { get; init; }

    /// <summary>Gets how often metrics are sent, at least 1 s. Default: 15 s.</summary>
    public TimeSpan MetricInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets the share of requests that are traced where the caller does not decide it, in [0, 1]. Default: 0.01.</summary>
    public double TraceShare { get; init; } = 0.01;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or others could reach the server without a key; the message names the option and the mend.</exception>
    public void Validate()
    {
        Require(Listen.Count > 0, nameof(Listen), "give at least one address");
        Require(Keys.Count > 0 || Listen.All(address => IPAddress.IsLoopback(address.Address)), nameof(Listen),
            "others can reach an address beyond loopback, and there is no key; make one with `guard key`, or listen on 127.0.0.1");
        Require(BodyBytes is >= 64 << 10 and <= 256 << 20, nameof(BodyBytes), "give 65,536 to 268,435,456");
        Require(AllBodyBytes >= 2L * BodyBytes, nameof(AllBodyBytes), $"give at least twice {nameof(BodyBytes)}");
        Require(Connections >= 1, nameof(Connections), "give at least 1");
        Require(RequestsPerSecond >= 1, nameof(RequestsPerSecond), "give at least 1");
        Require(Watchers >= 1, nameof(Watchers), "give at least 1");
        Require(IsPatient(Patience), nameof(Patience), "give 100 ms to 5 min");
        Require(LeastBytesPerSecond >= 1, nameof(LeastBytesPerSecond), "give at least 1");
        Require(IsPatient(Heartbeat), nameof(Heartbeat), "give 100 ms to 5 min");
        Require(OtlpEndpoint is null or { IsAbsoluteUri: true, Scheme: "http" or "https" }, nameof(OtlpEndpoint), "give an address such as http://localhost:4318");
        Require(MetricInterval >= TimeSpan.FromSeconds(1) && MetricInterval <= TimeSpan.FromHours(1), nameof(MetricInterval), "give 1 s to 1 h");
        Require(TraceShare is >= 0 and <= 1, nameof(TraceShare), "give 0 to 1");
        foreach (var policy in SharedAccessPolicies)
        {
            Require(policy.Name.Length > 0 && policy.Key.Length >= SharedAccessPolicy.LeastKeyLength, nameof(SharedAccessPolicies),
                $"the policy '{policy.Name}' needs a name and a key of at least {SharedAccessPolicy.LeastKeyLength} characters");
        }

        Require(SharedAccessPolicies.DistinctBy(policy => policy.Name, StringComparer.Ordinal).Count() == SharedAccessPolicies.Count, nameof(SharedAccessPolicies), "give each policy a name of its own");
    }

    private static bool IsPatient(TimeSpan time) => time >= TimeSpan.FromMilliseconds(100) && time <= TimeSpan.FromMinutes(5);

    private static void Require(bool holds, string name, string mend)
    {
        if (!holds)
        {
            throw new ArgumentException($"The server option {name} does not do: {mend}.", name);
        }
    }
}
