using Guard.Core.Estimation.Detection;
using Guard.Core.Hosting;

namespace Guard.Grains.Watching;

/// <summary>That an alert started or ended, as its stream tells it.</summary>
/// <param name="Phase">Which of both.</param>
/// <param name="Alert">The alert as it stood then.</param>
[GenerateSerializer]
[Immutable]
[Alias("guard.told-alert")]
public sealed record ToldAlert(AlertPhase Phase, StreamAlert Alert);
