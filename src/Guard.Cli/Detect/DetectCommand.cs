using System.CommandLine;
using Guard.Cli.Terminal;
using Guard.Core.Estimation.Detection;

namespace Guard.Cli.Detect;

/// <summary><c>guard detect</c>: anomalies of a series, or of every series of a folder.</summary>
internal static class DetectCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("series") { Description = "A CSV file timestamp,value[,value…] with a header, or a folder of such files" };
        var output = new Option<string?>("--out") { Description = "Where to write the detections: a file, or for a folder another folder; by default the standard output", HelpName = "path" };
        var json = new Option<bool>("--json") { Description = "Write alerts, level changes and readings as JSON to the standard output" };
        var picture = new Option<string?>("--picture") { Description = "Draw the series, what was expected, and the alerts as one HTML file", HelpName = "file" };
        var command = new GuardCommand("detect", "Find anomalies in a series as it comes: timestamp, anomaly_score in [0,1], expected, lower, upper, alert")
        {
            Examples = ["guard detect series.csv", "guard detect series.csv --out found.csv --picture found.html", "guard detect nab/ --out detections/"],
        };
        command.Add(input);
        command.AddOptions(output, json, picture);
        command.Runs((parse, session, _) =>
        {
            var path = parse.GetValue(input)!;
            return Directory.Exists(path)
                ? Task.FromResult(Folder(session, path, parse.GetValue(output), parse.GetValue(json) || parse.GetValue(picture) is not null))
                : FileAsync(session, path, parse.GetValue(output), parse.GetValue(json), parse.GetValue(picture));
        });
        return command;
    }

    private static int Folder(Session session, string path, string? output, bool more)
    {
        if (output is null || more)
        {
            throw new CommandException("A folder of series needs --out with another folder, and takes no --json or --picture.");
        }

        var (files, rows, alerts) = (0, 0L, 0);
        foreach (var (name, detection) in DetectionFile.WriteFolder(path, output))
        {
            (files, rows, alerts) = (files + 1, rows + detection.Rows, alerts + detection.Alerts.Count);
            Warn(session, name, detection);
        }

        session.Error.WriteLine($"guard: {files} series, {rows} rows, {alerts} alerts -> {output}");
        return ExitCode.Done;
    }

    private static async Task<int> FileAsync(Session session, string path, string? output, bool json, string? picture)
    {
        if (output is not null)
        {
            var detection = DetectionFile.Write(path, output);
            Warn(session, path, detection);
            session.Error.WriteLine($"guard: {detection.Rows} rows, {detection.Alerts.Count} alerts -> {output}");
        }

        if (json || output is null)
        {
            using var series = new SeriesCsv(path);
            var detection = new SeriesDetection(series);
            if (json)
            {
                session.WriteJson(DetectionFigures.Of(detection));
            }
            else
            {
                DetectionCsv.Write(session.Output, detection);
            }

            DetectionFile.NotEmpty(detection, path);
            Warn(session, path, detection);
        }

        if (picture is not null)
        {
            await DetectionPicture.WriteAsync(path, picture);
            session.Error.WriteLine($"guard: picture -> {picture}");
        }

        return ExitCode.Done;
    }

    /// <summary>Says how many rows could not be learned.</summary>
    private static void Warn(Session session, string name, SeriesDetection detection)
    {
        var late = detection.States.GetValueOrDefault(ReadingState.OutOfOrder);
        var invalid = detection.States.GetValueOrDefault(ReadingState.Invalid);
        if (late + invalid > 0)
        {
            session.Error.WriteLine($"guard: {name}: {late} rows lie before their predecessor and {invalid} hold an infinite or enormous value; they were left out and have no score");
        }
    }
}
