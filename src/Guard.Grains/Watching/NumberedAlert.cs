using Guard.Core.Estimation.Detection;
using Guard.Core.Hosting;

namespace Guard.Grains.Watching;

/// <summary>A numbered start or end of an alert, on its way between silos.</summary>
/// <param name="Number">Its number among the cluster's alert events.</param>
/// <param name="Phase">Which of both.</param>
/// <param name="Alert">The alert as it stood then.</param>
[GenerateSerializer]
[Immutable]
[Alias("guard.numbered-alert")]
public sealed record NumberedAlert(long Number, AlertPhase Phase, StreamAlert Alert)
{
    /// <summary>Gets the event as hosts hand it on.</summary>
    public AlertEvent ToEvent() => new(Number, Phase, Alert);
}
