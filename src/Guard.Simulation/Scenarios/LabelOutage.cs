namespace Guard.Simulation.Scenarios;

/// <summary>Hours whose purchases never reach the stream, while the clicks go on.</summary>
/// <param name="Day">The day it begins, counted from 0.</param>
/// <param name="Hour">The hour (UTC) it begins, from 0 to 23.</param>
/// <param name="Hours">How long it lasts, from 1 to 720.</param>
public sealed record LabelOutage(int Day, int Hour, int Hours);
