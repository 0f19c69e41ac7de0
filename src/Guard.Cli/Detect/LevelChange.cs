namespace Guard.Cli.Detect;

/// <summary>A level shift that became the new normal.</summary>
/// <param name="Since">When it began, in Unix milliseconds.</param>
/// <param name="Accepted">When it was accepted.</param>
public sealed record LevelChange(long Since, long Accepted);
