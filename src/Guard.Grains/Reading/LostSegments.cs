using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Guard.Grains.Ingest;
using Guard.Grains.Reading.Index;
using Microsoft.Extensions.Logging;

namespace Guard.Grains.Reading;

/// <summary>What whoever reads, numbers or compacts decisions on a silo missed in the store, told once each and counted on the meter <see cref="IngestInstruments.MeterName"/>. Safe for concurrent use.</summary>
internal sealed partial class LostSegments
{
    private readonly ConcurrentDictionary<(int Partition, long FirstMessage), bool> _lost = new();
    private readonly ILogger _logger;

    public LostSegments(IMeterFactory meters, ILogger<LostSegments> logger)
    {
        _logger = logger;
        meters.Create(IngestInstruments.MeterName).CreateObservableCounter(
            "guard.segments.lost", () => _lost.Count, "{segment}", "Segments of decisions that are not in the store although nothing let them go, each counted by every silo that missed it.");
    }

    /// <summary>Notes a numbered segment, or a chunk of several.</summary>
    public void Add(in IndexEntry entry)
    {
        if (_lost.TryAdd((entry.Partition, entry.FirstMessage), true))
        {
            LogLost(entry.FirstNumber, entry.LastNumber);
        }
    }

    /// <summary>Notes a segment that gets no numbers.</summary>
    /// <param name="partition">Its partition.</param>
    /// <param name="firstMessage">Its first message.</param>
    /// <param name="next">The message with which numbering goes on.</param>
    public void Add(int partition, long firstMessage, long next)
    {
        if (_lost.TryAdd((partition, firstMessage), true))
        {
            LogUnnumbered(partition, firstMessage, next);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Decisions {First} to {Last} are not in the store although nothing let them go; readers skip them. Find out who deleted them.")]
    private partial void LogLost(long first, long last);

    [LoggerMessage(Level = LogLevel.Error, Message = "Partition {Partition}: the segment of decisions that begins with message {First} is not in the store; numbering goes on with message {Next}. Find out who deleted it.")]
    private partial void LogUnnumbered(int partition, long first, long next);
}
