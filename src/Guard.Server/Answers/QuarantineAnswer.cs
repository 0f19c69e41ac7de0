namespace Guard.Server.Answers;

/// <summary>The quarantine, without what the events hold.</summary>
/// <param name="Counts">How many for each reason, since the process started.</param>
/// <param name="Newest">The newest rows, newest first.</param>
/// <param name="File">The name of the file where they stand with their content.</param>
public sealed record QuarantineAnswer(IReadOnlyDictionary<string, long> Counts, IReadOnlyList<QuarantinedAnswer> Newest, string File);
