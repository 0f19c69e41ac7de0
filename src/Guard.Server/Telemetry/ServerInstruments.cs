using System.Diagnostics.Metrics;

namespace Guard.Server.Telemetry;

/// <summary>What the server measures beside the framework's <c>http.server.*</c>. No tag names a user, an address, a click or a key.</summary>
internal sealed class ServerInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Guard.Server";

    private readonly Counter<long> _refused;
    private int _watchers;

    public ServerInstruments(IMeterFactory meters, Requests.BodyBudget budget)
    {
        var meter = meters.Create(MeterName);
        _refused = meter.CreateCounter<long>("guard.server.refused", "{request}", "Requests refused before they reached the host, by reason.");
        meter.CreateObservableUpDownCounter("guard.server.watchers", () => Watchers, "{request}", "Requests that wait for decisions: long polls and event streams.");
        meter.CreateObservableUpDownCounter("guard.server.body.memory", () => budget.Taken, "By", "Memory that request bodies hold.");
    }

    /// <summary>Gets how many requests wait for decisions.</summary>
    public int Watchers => Volatile.Read(ref _watchers);

    /// <summary>Counts a refused request.</summary>
    /// <param name="reason">One of a few fixed words.</param>
    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Counts who begins or ends to wait.</summary>
    public void Watching(int change) => Interlocked.Add(ref _watchers, change);
}
