using System.CommandLine;
using Guard.Cli.Terminal;
using Guard.Simulation.Experiments.Regret;

namespace Guard.Cli.Experiments;

/// <summary><c>guard experiment regret</c>: the regret of mean estimators under drift, heavy tails and corruption.</summary>
internal static class RegretCommand
{
    public static Command Create()
    {
        var options = new ExperimentOptions(defaultRuns: 30);
        var command = new GuardCommand("regret", "Regret of clipped SGD and of the expert mixture: slopes, corruption, skewed noise, oracles")
        {
            Examples = ["guard experiment regret", "guard experiment regret --runs 5 --json"],
        };
        options.AddTo(command);
        command.Runs(async (parse, session, cancellation) =>
        {
            var experiment = new RegretExperiment(options.Runs(parse), options.Seed(parse), options.Threads(parse));
            var report = await session.ProgressAsync("Measuring regret", _ => Task.Run(experiment.Run, cancellation));
            if (options.Json(parse))
            {
                session.WriteJson(report);
            }
            else
            {
                Print(session, report);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(Session session, RegretReport report)
    {
        foreach (var row in report.Slopes)
        {
            session.Console.Write(RegretTables.Slopes(row));
        }

        session.Console.Write(RegretTables.Slopes(report.Skewed));
        session.Console.Write(RegretTables.Measured("Mean error at the greatest T, drift and corruption, η=T^(-1/2)", report.Corruption));
        session.Console.Write(RegretTables.Measured("Oracles: measured cost beside the formula", report.Oracles));
        session.Output.WriteLine($"{report.Runs} streams a figure, seed {report.Seed}; slopes of log Reg_T by log T over T = {string.Join(", ", report.Horizons)}; ± is the standard error.");
        session.Output.WriteLine("d=10, isotropic Pareto(2.2) noise with E|z|²=1, 3 unit jumps; reference: an earlier independent simulation of the same streams.");
        session.Output.WriteLine("The mixture is given no variance, horizon, drift or number of corruptions; the other columns know T and the scale of the noise.");
    }
}
