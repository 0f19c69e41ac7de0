namespace Guard.Server.Answers;

/// <summary>A decision with what it rests on.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Features">The model's inputs, in its order.</param>
public sealed record ExplainedDecision(DecisionEvent Decision, IReadOnlyList<FeatureAnswer> Features);
