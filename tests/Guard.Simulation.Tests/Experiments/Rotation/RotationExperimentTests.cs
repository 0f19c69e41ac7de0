using Guard.Simulation.Experiments;
using Guard.Simulation.Experiments.Rotation;

namespace Guard.Simulation.Tests.Experiments.Rotation;

public class RotationExperimentTests
{
    [Fact]
    public void Clipping_keeps_the_model_when_inputs_are_wrecked()
    {
        var folder = ExperimentData.Folder();
        Assert.SkipWhen(folder is null, $"No shared/data folder and no {ExperimentData.Variable}: the MNIST test set is not here.");
        var results = RotationExperiment.Run(DigitImages.Load(folder!), runs: 1, seed: 1, threads: 2);
        var clipped = results.Single(static r => r is { Stream: "clean", Estimator: "clipped" });
        var decaying = results.Single(static r => r is { Stream: "clean", Estimator: "decaying, clipped" });
        var wrecked = results.Single(static r => r is { Stream: not "clean", Estimator: "clipped" });
        var unclipped = results.Single(static r => r is { Stream: not "clean", Estimator: "unclipped" });
        Assert.True(clipped.Overall.Mean > 0.8);
        Assert.True(clipped.Windows[2].Mean > decaying.Windows[2].Mean);
        Assert.True(wrecked.Overall.Mean > unclipped.Overall.Mean + 0.1);
        Assert.Equal(RotatingDigits.Length / RotationExperiment.Block, clipped.Series.Count);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var error = Assert.Throws<FileNotFoundException>(() => DigitImages.Load(AppContext.BaseDirectory));
        Assert.Contains("t10k-images", error.Message, StringComparison.Ordinal);
    }
}
