namespace Guard.Server.Answers;

/// <summary>One quarantined event.</summary>
/// <param name="Index">Which event of the body, from 0.</param>
/// <param name="Line">The line on which it stands, from 1.</param>
/// <param name="Reason">Why, such as missingField.</param>
/// <param name="Detail">The field or fault, never a value.</param>
public sealed record RejectionAnswer(int Index, long Line, string Reason, string Detail);
