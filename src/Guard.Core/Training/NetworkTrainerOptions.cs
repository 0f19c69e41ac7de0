using Guard.Core.Scoring;

namespace Guard.Core.Training;

/// <summary>How a network is trained. Widths and rates are Guard's defaults: the published system names none.</summary>
public sealed record NetworkTrainerOptions
{
    /// <summary>Gets the first hidden layer's width.</summary>
    /// <value>The default is 32.</value>
    public int Hidden1 { get; init; } = 32;

    /// <summary>Gets the second hidden layer's width.</summary>
    /// <value>The default is 16.</value>
    public int Hidden2 { get; init; } = 16;

    /// <summary>Gets Adam's step size.</summary>
    /// <value>The default is 0.001, as in Kingma and Ba, "Adam", ICLR 2015.</value>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Gets the factor of ½‖W‖² over the three layers' weights, their biases apart, in the loss.</summary>
    /// <value>The default is 0.01, which also holds where a hundred clicks are human.</value>
    public double L2 { get; init; } = 1e-2;

    /// <summary>Gets the number of clicks a step.</summary>
    /// <value>The default is 1,024.</value>
    public int BatchSize { get; init; } = 1024;

    /// <summary>Gets the greatest number of passes over the training clicks.</summary>
    /// <value>The default is 40.</value>
    public int MaxEpochs { get; init; } = 40;

    /// <summary>Gets after how many epochs without a better validation loss training stops.</summary>
    /// <value>The default is 5.</value>
    public int Patience { get; init; } = 5;

    /// <summary>Gets the share of the labelled clicks, the latest ones, that training is judged on.</summary>
    /// <value>The default is 0.2.</value>
    public double ValidationShare { get; init; } = 0.2;

    /// <summary>Gets the seed of the first weights and of the order of clicks.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Gets the number of threads, which changes the time but no bit of the result; 0 for one a processor.</summary>
    /// <value>The default is 0.</value>
    public int Threads { get; init; }

    internal void Validate()
    {
        Require.That(Hidden1, Hidden1 is >= 1 and <= NetworkWeights.WidestLayer, $"from 1 to {NetworkWeights.WidestLayer}");
        Require.That(Hidden2, Hidden2 is >= 1 and <= NetworkWeights.WidestLayer, $"from 1 to {NetworkWeights.WidestLayer}");
        Require.That(LearningRate, LearningRate is > 0 and < 1, "between 0 and 1");
        Require.That(L2, L2 is >= 0 and < 1, "from 0 to below 1");
        Require.That(BatchSize, BatchSize is >= 1 and <= 1 << 20, "from 1 to 1,048,576");
        Require.That(MaxEpochs, MaxEpochs >= 1, "positive");
        Require.That(Patience, Patience >= 1, "positive");
        Require.That(Threads, Threads is >= 0 and <= 1024, "from 0 to 1024");
    }
}
