namespace Guard.Core.Clicks;

/// <summary>The kinds of event that Guard reads.</summary>
public enum EventKind : byte
{
    /// <summary>No event that Guard reads.</summary>
    None = 0,

    /// <summary><see cref="EventTypes.Click"/></summary>
    Click = 1,

    /// <summary><see cref="EventTypes.Purchase"/></summary>
    Purchase = 2,

    /// <summary><see cref="EventTypes.Telemetry"/></summary>
    Telemetry = 3,
}
