using Guard.Core.Estimation;

namespace Guard.Simulation.Experiments.ChangePoints;

/// <summary>A change-point detector under test.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Create">Makes a detector for a dimension and a δ.</param>
/// <param name="CountsFalseAlarms">Whether streams without change are run too.</param>
public sealed record ChangePointMethod(string Name, Func<int, double, IChangePointDetector> Create, bool CountsFalseAlarms = true)
{
    /// <summary>Gets Guard's robust detector on its grid of splits.</summary>
    public static ChangePointMethod Robust { get; } = new(
        "Guard robust, grid",
        (dimension, delta) => new RobustChangePoints(dimension, new RobustChangePointOptions { Delta = delta }));

    /// <summary>Gets Guard's robust detector with every split, which shows what the grid costs.</summary>
    public static ChangePointMethod RobustExact { get; } = new(
        "Guard robust, exact",
        (dimension, delta) => new RobustChangePoints(dimension, new RobustChangePointOptions { Delta = delta, Grid = SplitGrid.Exact }),
        CountsFalseAlarms: false);

    /// <summary>Gets the published algorithm with the constants of its experiments, every split.</summary>
    public static ChangePointMethod Published { get; } = Sgd("UAI 2023, exact", 1, SplitGrid.Exact);

    /// <summary>Gets the published algorithm with three times C_t, every split: the paper's own constants raise false alarms above δ.</summary>
    public static ChangePointMethod PublishedTimes3 { get; } = Sgd("UAI 2023 C_t×3, exact", 3, SplitGrid.Exact);

    /// <summary>Gets the published algorithm with three times C_t on a geometric grid.</summary>
    public static ChangePointMethod PublishedTimes3Grid { get; } = Sgd("UAI 2023 C_t×3, grid", 3, SplitGrid.Geometric());

    /// <summary>Gets all methods, Guard's first.</summary>
    public static IReadOnlyList<ChangePointMethod> All { get; } = [Robust, RobustExact, Published, PublishedTimes3, PublishedTimes3Grid];

    private static ChangePointMethod Sgd(string name, double factor, SplitGrid grid) =>
        new(name, (dimension, delta) => new ClippedSgdChangePoints(dimension, ChangePointBound.Experiments(factor: factor), delta, grid));
}
