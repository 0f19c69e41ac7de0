namespace Guard.Server.Answers;

/// <summary>Every slice that had clicks, all first, each before its parts.</summary>
/// <param name="Slices">The slices.</param>
public sealed record SlicesAnswer(IReadOnlyList<SliceAnswer> Slices);
