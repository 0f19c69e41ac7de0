namespace Guard.Engine.Log;

/// <summary>How a log does.</summary>
/// <param name="Condition">Whether it can write.</param>
/// <param name="Since">Since when it is so.</param>
/// <param name="Reason">Why, one line without a path of this machine; <see langword="null"/> while it writes.</param>
public sealed record LogHealth(LogCondition Condition, DateTimeOffset Since, string? Reason);
