namespace Guard.Core.Training;

/// <summary>How far training has come, after an epoch.</summary>
/// <param name="Epoch">The epoch that ended, from 1.</param>
/// <param name="MaxEpochs">The greatest number of epochs.</param>
/// <param name="TrainingLoss">The weighted mean cross-entropy over the epoch's steps, in nats a click.</param>
/// <param name="ValidationLoss">The same over the validation clicks, after the epoch.</param>
/// <param name="BestEpoch">The epoch with the least validation loss so far.</param>
public sealed record TrainingProgress(int Epoch, int MaxEpochs, double TrainingLoss, double ValidationLoss, int BestEpoch);
