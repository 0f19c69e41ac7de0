using Guard.Core.Scoring;

namespace Guard.Core.Training;

/// <summary>What training a network gave.</summary>
/// <param name="Weights">The weights after the best epoch.</param>
/// <param name="Split">The clicks that it learnt on and was judged on.</param>
/// <param name="BestEpoch">The epoch with the least validation loss, from 1.</param>
/// <param name="Epochs">The epochs that ran.</param>
/// <param name="TrainingLoss">The weighted mean cross-entropy over the best epoch's steps, in nats a click.</param>
/// <param name="ValidationLoss">The least validation loss.</param>
public sealed record TrainedNetwork(NetworkWeights Weights, TimeSplit Split, int BestEpoch, int Epochs, double TrainingLoss, double ValidationLoss);
