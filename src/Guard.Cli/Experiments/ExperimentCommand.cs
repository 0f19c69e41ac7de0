using System.CommandLine;

namespace Guard.Cli.Experiments;

/// <summary><c>guard experiment</c>: simulations that measure Guard's statistics beside published figures.</summary>
internal static class ExperimentCommand
{
    public static Command Create() => new("experiment", "Measure Guard's statistics beside published figures")
    {
        RegretCommand.Create(),
        ChangePointsCommand.Create(),
        ThresholdsCommand.Create(),
        MnistCommand.Create(),
        FitnessCommand.Create(),
    };
}
