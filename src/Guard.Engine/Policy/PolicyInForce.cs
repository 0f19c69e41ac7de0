using Guard.Core.Pipeline;
using Guard.Core.Scoring;

namespace Guard.Engine.Policy;

/// <summary>A policy as it was loaded.</summary>
/// <param name="Policy">What decides.</param>
/// <param name="Card">The model's card.</param>
/// <param name="Since">When it was loaded.</param>
internal sealed record PolicyInForce(DecisionPolicy Policy, ModelCard Card, DateTimeOffset Since);
