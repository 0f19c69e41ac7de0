namespace Guard.Server.Answers;

/// <summary>One reason of a decision.</summary>
/// <param name="Code">The feature's name, or allow-list, deny-list or crawler-user-agent.</param>
/// <param name="Entry">The list entry, from 1.</param>
/// <param name="Value">The feature's value.</param>
/// <param name="Contribution">What it adds to the score in log-odds, positive towards robot.</param>
/// <param name="Text">For a person to read.</param>
public sealed record DecisionReason(string Code, int? Entry, float? Value, float? Contribution, string Text);
