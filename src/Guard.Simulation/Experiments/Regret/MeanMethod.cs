using Guard.Core.Estimation;

namespace Guard.Simulation.Experiments.Regret;

/// <summary>A way to estimate a mean, made anew for each stream.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Create">Makes an estimator for a dimension and a horizon, which a method may ignore.</param>
/// <param name="IsOurs">Whether it is Guard's tuning-free setting, which ignores the horizon.</param>
public sealed record MeanMethod(string Name, Func<int, int, IMeanEstimator> Create, bool IsOurs = false)
{
    /// <summary>Gets the expert mixture with its defaults: no variance, horizon, drift or number of corruptions is given.</summary>
    public static MeanMethod Mixture { get; } = new("mixture", (dimension, _) => new MixtureMean(new ExpertMixture(new MeanLoss(dimension))), IsOurs: true);

    /// <summary>A clipped SGD that knows its horizon.</summary>
    /// <param name="name">Its name in tables.</param>
    /// <param name="rate">The step size.</param>
    /// <param name="clip">The clip level.</param>
    public static MeanMethod Sgd(string name, StepRate rate, ClipLevel clip) => new(
        name,
        (dimension, horizon) => new SgdMean(new ClippedSgd(new MeanLoss(dimension), new ClippedSgdOptions { Rate = rate, Clip = clip, Horizon = horizon })));

    /// <summary>The six columns of the table of slopes under a clip level.</summary>
    public static IReadOnlyList<MeanMethod> Columns(ClipLevel clip) =>
    [
        Sgd("T^-1/3", StepRate.HorizonPower(1.0 / 3), clip),
        Sgd("T^-1/2", StepRate.HorizonPower(1.0 / 2), clip),
        Sgd("T^-2/3", StepRate.HorizonPower(2.0 / 3), clip),
        Sgd("T^-5/6", StepRate.HorizonPower(5.0 / 6), clip),
        Sgd("1/t", StepRate.InverseTime(), clip),
        Sgd("0.1", StepRate.Constant(0.1), clip),
    ];
}
