using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Guard.Grains.Ingest;

namespace Guard.Grains.Reading;

/// <summary>Which decisions readers and the index of a silo miss in the store, on the meter <see cref="IngestInstruments.MeterName"/>. Safe for concurrent use.</summary>
internal sealed class ReadingInstruments
{
    private readonly ConcurrentDictionary<(int Partition, long First), bool> _missed = new();

    public ReadingInstruments(IMeterFactory meters) => meters.Create(IngestInstruments.MeterName).CreateObservableCounter(
        "guard.segments.lost", () => _missed.Count, "{segment}", "Segments of decisions that are not in the store although nothing let them go, each counted by every silo that missed it.");

    /// <summary>Counts a segment or a chunk of several that is not there.</summary>
    /// <param name="partition">Its partition.</param>
    /// <param name="first">Its first message.</param>
    /// <returns>Whether it was missed for the first time.</returns>
    public bool Miss(int partition, long first) => _missed.TryAdd((partition, first), true);
}
