using System.CommandLine;
using Guard.Cli.Terminal;
using Guard.Core.Estimation;
using Guard.Simulation.Experiments.ChangePoints;

namespace Guard.Cli.Experiments;

/// <summary><c>guard experiment changepoints</c>: change-point detectors in the ten settings of a published table, or over a series.</summary>
internal static class ChangePointsCommand
{
    public static Command Create()
    {
        var options = new ExperimentOptions(defaultRuns: 100);
        var series = new Option<string?>("--series") { Description = "Search a series instead: a file with one number a line", HelpName = "file" };
        var picture = new Option<string?>("--picture") { Description = "With --series, draw it and its changes as one HTML file", HelpName = "file" };
        var command = new GuardCommand("changepoints", "Change points: regret, false alarms, delay and place, beside Table 1 of Sankararaman and Narayanaswamy (UAI 2023)")
        {
            Examples = ["guard experiment changepoints", "guard experiment changepoints --runs 20 --json", "guard experiment changepoints --series well_log.txt --picture well_log.html"],
        };
        options.AddTo(command);
        command.AddOptions(series, picture);
        command.Runs(async (parse, session, cancellation) =>
        {
            if (parse.GetValue(series) is { } path)
            {
                var found = SeriesChangePoints.Detect(SeriesFile.Read(path), new RobustChangePoints(1));
                await SeriesPicture.ReportAsync(session, found, Path.GetFileName(path), options.Json(parse), parse.GetValue(picture));
                return ExitCode.Done;
            }

            if (parse.GetValue(picture) is not null)
            {
                throw new CommandException("--picture draws a series; name its file with --series.");
            }

            var experiment = new ChangePointExperiment(options.Runs(parse), options.Seed(parse), options.Threads(parse));
            var rows = await session.ProgressAsync(
                "Searching for changes",
                progress => Task.Run(() => experiment.Run(ChangePointSetting.Table, ChangePointMethod.All, progress), cancellation));
            if (options.Json(parse))
            {
                session.WriteJson(rows.Select(ChangePointFigures.Of));
            }
            else
            {
                ChangePointTables.Print(session, experiment, rows);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
