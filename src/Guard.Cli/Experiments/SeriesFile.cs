using System.Globalization;
using Guard.Cli.Terminal;

namespace Guard.Cli.Experiments;

/// <summary>Reads a series of one number a line.</summary>
internal static class SeriesFile
{
    public static IReadOnlyList<double> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new CommandException($"{path}: there is no such file; check the name and the folder.");
        }

        var values = new List<double>();
        var line = 0;
        foreach (var text in File.ReadLines(path))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            values.Add(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                ? value
                : throw new CommandException($"{path}, line {line}: '{text.Trim()}' is not a finite number."));
        }

        return values.Count > 0 ? values : throw new CommandException($"{path} is empty; give one number a line.");
    }
}
