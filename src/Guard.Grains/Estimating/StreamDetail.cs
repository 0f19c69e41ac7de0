using Guard.Core.Hosting;

namespace Guard.Grains.Estimating;

/// <summary>A stream with its recent past.</summary>
/// <param name="Brief">The stream in short.</param>
/// <param name="Readings">Its recent readings, oldest first.</param>
/// <param name="Alerts">Its kept alerts, newest first.</param>
/// <param name="ChangePoints">When its level shifted for good, newest first.</param>
[GenerateSerializer]
[Immutable]
[Alias("guard.stream-detail")]
public sealed record StreamDetail(StreamBrief Brief, StreamReading[] Readings, StreamAlert[] Alerts, DateTimeOffset[] ChangePoints);
