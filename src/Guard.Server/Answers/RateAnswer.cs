namespace Guard.Server.Answers;

/// <summary>A share with its 95 % interval (Wilson).</summary>
/// <param name="Value">The share, in [0, 1].</param>
/// <param name="Lower">The lower end.</param>
/// <param name="Upper">The upper end.</param>
public sealed record RateAnswer(double Value, double Lower, double Upper);
