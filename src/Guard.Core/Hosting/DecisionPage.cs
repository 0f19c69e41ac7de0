namespace Guard.Core.Hosting;

/// <summary>Decisions in the query's order.</summary>
/// <param name="Decisions">The decisions.</param>
/// <param name="Next">The cursor with which to go on. It may have moved although no decision passed the filter: a query looks at a bounded number of decisions.</param>
/// <param name="Missed">How many decisions after the query's cursor are no longer kept.</param>
public sealed record DecisionPage(IReadOnlyList<KeptDecision> Decisions, long Next, long Missed);
