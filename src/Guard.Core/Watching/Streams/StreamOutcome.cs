namespace Guard.Core.Watching.Streams;

/// <summary>What became of a telemetry reading.</summary>
public enum StreamOutcome
{
    /// <summary>The stream's detector took it.</summary>
    Taken,

    /// <summary>It is older than the stream's newest reading, and was left out.</summary>
    OutOfOrder,

    /// <summary>It has another number of values than the stream's first reading, and was left out.</summary>
    OtherDimension,

    /// <summary>Its stream is new, there are as many as there may be, and none is silent for long enough to give way.</summary>
    NoRoom,
}
