namespace Guard.Server.Answers;

/// <summary>A decision as a CloudEvent 1.0 of type guard.decision.v1.</summary>
/// <param name="Specversion">1.0</param>
/// <param name="Id">The click's id.</param>
/// <param name="Source">/guard/decisions and the click's source.</param>
/// <param name="Type">guard.decision.v1</param>
/// <param name="Time">The click's event time.</param>
/// <param name="Datacontenttype">application/json</param>
/// <param name="Decisionnumber">The decision's number in decimal digits: the cursor of readers.</param>
/// <param name="Data">The decision.</param>
public sealed record DecisionEvent(
    string Specversion,
    string Id,
    string Source,
    string Type,
    DateTimeOffset Time,
    string Datacontenttype,
    string Decisionnumber,
    DecisionData Data);
