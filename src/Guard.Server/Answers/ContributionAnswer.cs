namespace Guard.Server.Answers;

/// <summary>One dimension's part in an alert.</summary>
/// <param name="Dimension">Its index.</param>
/// <param name="Share">Its share, in [0, 1].</param>
public sealed record ContributionAnswer(int Dimension, double Share);
