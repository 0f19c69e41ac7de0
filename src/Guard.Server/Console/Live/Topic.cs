namespace Guard.Server.Console.Live;

/// <summary>What parts of pages show, and so what makes them old; the names stand in their <c>data-live</c>.</summary>
public enum Topic
{
    /// <summary>Clicks, rates, latency and health.</summary>
    Traffic,

    /// <summary>The newest decisions.</summary>
    Decisions,

    /// <summary>Readings of streams.</summary>
    Streams,

    /// <summary>Alerts, open and ended.</summary>
    Alerts,

    /// <summary>Events in quarantine.</summary>
    Quarantine,

    /// <summary>The model, thresholds and lists in force.</summary>
    Policy,
}
