using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Core.Scoring;

namespace Guard.Engine.Intake;

/// <summary>The decision of a click whose sender waits for it.</summary>
/// <param name="Click">The click; its texts are gone with its batch.</param>
/// <param name="Decision">The decision.</param>
/// <param name="Features">What it rests on.</param>
/// <param name="Policy">What decided.</param>
internal sealed record ScoredRow(Click Click, Decision Decision, float[] Features, DecisionPolicy Policy);
