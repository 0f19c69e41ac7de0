using Guard.Core.Estimation.Detection;

namespace Guard.Core.Hosting;

/// <summary>That an alert started or ended: what is told to the outside, once each.</summary>
/// <param name="Number">Its number among the host's alert events, from 1, without gaps: the cursor of readers.</param>
/// <param name="Phase"><see cref="AlertPhase.Started"/> or <see cref="AlertPhase.Ended"/>.</param>
/// <param name="Alert">The alert as it stood then.</param>
public sealed record AlertEvent(long Number, AlertPhase Phase, StreamAlert Alert)
{
    /// <summary>Gets the event's stable id, from the alert's id and the phase: the same on every run and in every delivery.</summary>
    public string Id => Phase == AlertPhase.Started ? $"{Alert.Id}.started" : $"{Alert.Id}.ended";
}
