using Guard.Cli.Terminal;

namespace Guard.Cli.Detect;

/// <summary>Writes detections to files under a temporary name, and moves each to its own when it is whole.</summary>
internal static class DetectionFile
{
    /// <summary>Detects in one file.</summary>
    public static SeriesDetection Write(string path, string output)
    {
        using var series = new SeriesCsv(path);
        var detection = new SeriesDetection(series);
        if (Path.GetDirectoryName(Path.GetFullPath(output)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var partial = output + ".partial";
        try
        {
            using (var writer = new StreamWriter(partial))
            {
                DetectionCsv.Write(writer, detection);
            }

            NotEmpty(detection, path);
            File.Move(partial, output, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }

        return detection;
    }

    /// <summary>Detects in every CSV file of a folder; the detections have the same paths relative to the other folder.</summary>
    public static IEnumerable<(string Name, SeriesDetection Detection)> WriteFolder(string folder, string output)
    {
        if (string.Equals(Path.GetFullPath(folder), Path.GetFullPath(output), StringComparison.Ordinal))
        {
            throw new CommandException("--out is the folder of the series itself; name another one.");
        }

        string[] paths = [.. Directory.EnumerateFiles(folder, "*.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        if (paths.Length == 0)
        {
            throw new CommandException($"{folder} holds no .csv file.");
        }

        foreach (var path in paths)
        {
            var name = Path.GetRelativePath(folder, path);
            yield return (name, Write(path, Path.Combine(output, name)));
        }
    }

    /// <summary>Refuses a file that had a header and nothing else.</summary>
    public static void NotEmpty(SeriesDetection detection, string path)
    {
        if (detection.Rows == 0)
        {
            throw new CommandException($"{path} has a header and no rows; give a row for each time.");
        }
    }
}
