using System.Globalization;
using Guard.Cli.Terminal;

namespace Guard.Cli.Detect;

/// <summary>Reads <c>timestamp,value[,value…]</c> with a header line, row by row.</summary>
/// <remarks>
/// A time is ISO 8601 or <c>yyyy-MM-dd HH:mm:ss</c>, UTC where it names no offset, or Unix seconds or milliseconds. An empty cell, NaN, NA or null is
/// a missing value.
/// </remarks>
public sealed class SeriesCsv : IDisposable
{
    /// <summary>Numbers from here on are Unix milliseconds, below it seconds: the year 5138 in the one, 1973 in the other.</summary>
    private const double LeastMilliseconds = 1e11;

    private readonly StreamReader _reader;
    private readonly string _path;
    private int _line = 1;

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CommandException">The file is missing or empty, or its header will not do.</exception>
    public SeriesCsv(string path)
    {
        if (!File.Exists(path))
        {
            throw new CommandException($"{path}: there is no such file; check the name and the folder.");
        }

        _path = path;
        _reader = new StreamReader(path);
        try
        {
            var header = _reader.ReadLine();
            if (string.IsNullOrWhiteSpace(header))
            {
                throw new CommandException($"{path} is empty; it needs a header line such as timestamp,value and a row for each time.");
            }

            string[] names = [.. header.Split(',').Select(static name => name.Trim().Trim('"'))];
            if (names.Length < 2)
            {
                throw new CommandException($"{path}, line 1: the header '{header}' has one column; it needs a time and at least one value, such as timestamp,value.");
            }

            if (TryTime(names[0], out _))
            {
                throw new CommandException($"{path}, line 1: '{names[0]}' is a time where a header is due; add a line such as timestamp,value on top.");
            }

            Names = names[1..];
        }
        catch
        {
            _reader.Dispose();
            throw;
        }
    }

    /// <summary>Gets the names of the value columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads the rows that follow.</summary>
    public IEnumerable<SeriesRow> Rows()
    {
        while (_reader.ReadLine() is { } text)
        {
            _line++;
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return Parse(text);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private static bool TryTime(string text, out long time)
    {
        time = 0;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            if (!(Math.Abs(number) < 1e15))
            {
                return false;
            }

            time = (long)Math.Round(Math.Abs(number) < LeastMilliseconds ? number * 1000 : number);
            return true;
        }

        var read = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant);
        time = instant.ToUnixTimeMilliseconds();
        return read;
    }

    private SeriesRow Parse(string text)
    {
        var cells = text.Split(',');
        if (cells.Length != Names.Count + 1)
        {
            throw new CommandException($"{_path}, line {_line}: {cells.Length} cells where the header has {Names.Count + 1}.");
        }

        var stamp = cells[0].Trim().Trim('"');
        if (!TryTime(stamp, out var time))
        {
            throw new CommandException($"{_path}, line {_line}, column 1: '{stamp}' is not a time; write 2026-01-31 23:59:00, ISO 8601, or Unix seconds.");
        }

        var values = new double[Names.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Number(cells[i + 1].Trim().Trim('"'), i);
        }

        return new SeriesRow(stamp, time, values);
    }

    private double Number(string cell, int column)
    {
        if (cell.Length == 0
            || string.Equals(cell, "nan", StringComparison.OrdinalIgnoreCase)
            || string.Equals(cell, "na", StringComparison.OrdinalIgnoreCase)
            || string.Equals(cell, "null", StringComparison.OrdinalIgnoreCase))
        {
            return double.NaN;
        }

        return double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new CommandException($"{_path}, line {_line}, column {column + 2} ({Names[column]}): '{cell}' is not a number; leave a missing value empty.");
    }
}
