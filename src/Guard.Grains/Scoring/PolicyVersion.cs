using Guard.Core.Pipeline;
using Guard.Core.Scoring;

namespace Guard.Grains.Scoring;

/// <summary>What decides on a silo.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Model">The model's card.</param>
/// <param name="Since">When the silo took it up.</param>
public sealed record PolicyVersion(DecisionPolicy Policy, ModelCard Model, DateTimeOffset Since);
