namespace Guard.Server.Answers;

/// <summary>Decisions in the order asked for.</summary>
/// <param name="Decisions">The decisions.</param>
/// <param name="Next">The cursor with which to go on; it may have moved although no decision passed the filter.</param>
/// <param name="Missed">How many decisions after the cursor are no longer kept.</param>
public sealed record DecisionsAnswer(IReadOnlyList<DecisionEvent> Decisions, long Next, long Missed);
