namespace Guard.Core.Scoring;

/// <summary>One feature's part in a score.</summary>
/// <param name="Feature">The feature's index in the model's schema.</param>
/// <param name="Value">The feature's value, in the schema's unit.</param>
/// <param name="Contribution">The contribution in log-odds against the model's reference click; positive towards "robot".</param>
public readonly record struct Reason(int Feature, float Value, float Contribution);
