using Guard.Core.Training;

namespace Guard.Cli.Evaluate;

/// <summary>Shows training as the share of the epochs that it may take at most.</summary>
internal sealed class EpochProgress(IProgress<double> progress) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => progress.Report((double)value.Epoch / value.MaxEpochs);
}
