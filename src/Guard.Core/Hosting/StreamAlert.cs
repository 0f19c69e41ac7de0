using Guard.Core.Estimation.Detection;

namespace Guard.Core.Hosting;

/// <summary>An alert of a stream.</summary>
/// <param name="Id">Its stable id: the same episode has the same id on every run and in every delivery.</param>
/// <param name="Number">Its number among the host's alerts, from 1, growing.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Alert">The episode; it grows until it ends.</param>
public sealed record StreamAlert(string Id, long Number, string Stream, Alert Alert);
