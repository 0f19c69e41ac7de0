namespace Guard.Server.Answers;

/// <summary>One interval of a slice's course.</summary>
/// <param name="Start">Its start in event time.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="Tally">What happened in it.</param>
public sealed record IntervalAnswer(DateTimeOffset Start, double Seconds, TallyAnswer Tally);
