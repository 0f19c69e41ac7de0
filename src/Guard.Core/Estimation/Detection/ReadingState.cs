namespace Guard.Core.Estimation.Detection;

/// <summary>What became of a row.</summary>
public enum ReadingState
{
    /// <summary>The row was scored and learned.</summary>
    Scored,

    /// <summary>The row was learned; the stream is too young to score it.</summary>
    WarmingUp,

    /// <summary>Some values were missing (NaN); the others were scored and learned.</summary>
    Partial,

    /// <summary>Every value was missing (NaN). Nothing was learned.</summary>
    Missing,

    /// <summary>A value was infinite or beyond <see cref="StreamDetector.GreatestMagnitude"/>. Nothing was learned.</summary>
    Invalid,

    /// <summary>The time lies before the last row's. Nothing was learned.</summary>
    OutOfOrder,
}
