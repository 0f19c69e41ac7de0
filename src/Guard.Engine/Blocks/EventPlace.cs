namespace Guard.Engine.Blocks;

/// <summary>A place between two events of a batch.</summary>
/// <param name="Admitted">How many events come before it in the order of admission, duplicates among them.</param>
/// <param name="Clicks">How many of them are clicks.</param>
/// <param name="Purchases">How many are purchases.</param>
/// <param name="Telemetry">How many are telemetry readings.</param>
internal readonly record struct EventPlace(int Admitted, int Clicks, int Purchases, int Telemetry);
