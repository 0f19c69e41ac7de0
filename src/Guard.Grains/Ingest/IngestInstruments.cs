using System.Diagnostics.Metrics;

namespace Guard.Grains.Ingest;

/// <summary>What partitions count, on the meter <see cref="MeterName"/>.</summary>
public sealed class IngestInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Guard.Grains";

    private readonly Counter<long> _decided;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _refetched;
    private readonly Counter<long> _expired;

    /// <summary>Makes the instruments.</summary>
    public IngestInstruments(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _decided = meter.CreateCounter<long>("guard.clicks.decided", "{click}", "Clicks decided.");
        _repeated = meter.CreateCounter<long>("guard.messages.repeated", "{message}", "Messages that came again and were skipped.");
        _refetched = meter.CreateCounter<long>("guard.messages.refetched", "{message}", "Messages that the stream did not deliver and that were read from the hub.");
        _expired = meter.CreateCounter<long>("guard.messages.expired", "{message}", "Messages that the hub no longer held when they were wanted.");
    }

    internal void Decided(long clicks) => _decided.Add(clicks);

    internal void Repeated(long messages) => _repeated.Add(messages);

    internal void Refetched(long messages) => _refetched.Add(messages);

    internal void Expired(long messages) => _expired.Add(messages);
}
