namespace Guard.Core.Training;

/// <summary>How one model did on one split. Labels are weak ones, so a robot here is a click without a sign of a human.</summary>
/// <param name="Model">The model, such as <c>network</c> or <c>logistic</c>.</param>
/// <param name="Split">The split, such as <c>validation</c>.</param>
/// <param name="Clicks">The number of labelled clicks.</param>
/// <param name="Human">How many of them are labelled human.</param>
/// <param name="Auc">The area under the ROC curve, each click counting once.</param>
/// <param name="LogLoss">The mean cross-entropy under the sample weights, in nats.</param>
public sealed record ModelMetrics(string Model, string Split, int Clicks, int Human, Estimate Auc, Estimate LogLoss);
