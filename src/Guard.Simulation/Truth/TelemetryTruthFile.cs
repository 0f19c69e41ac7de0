using System.Globalization;

namespace Guard.Simulation.Truth;

/// <summary>The truth about telemetry: CSV with the header <c>stream,start,end,kind</c>, times in ISO 8601 UTC.</summary>
public static class TelemetryTruthFile
{
    /// <summary>The header.</summary>
    public const string Header = "stream,start,end,kind";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Writes rows.</summary>
    public static void Write(TextWriter writer, IEnumerable<TelemetryTruthRow> rows)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(rows);
        writer.Write(Header + "\n");
        foreach (var row in rows)
        {
            writer.Write($"{row.Stream},{Text(row.Start)},{Text(row.End)},{row.Kind}\n");
        }
    }

    /// <summary>Reads rows.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="place">What errors call it.</param>
    /// <exception cref="InvalidDataException">A line is not a row of truth; the message names place and line.</exception>
    public static IReadOnlyList<TelemetryTruthRow> Read(TextReader reader, string place)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (reader.ReadLine() != Header)
        {
            throw new InvalidDataException($"{place}:1: the header is not {Header}: give the telemetry truth that the simulator wrote.");
        }

        var rows = new List<TelemetryTruthRow>();
        for (var line = 2; reader.ReadLine() is { } text; line++)
        {
            var cells = text.Split(',');
            if (cells.Length != 4 || !TryTime(cells[1], out var start) || !TryTime(cells[2], out var end))
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{place}:{line}: not a stream, two times and a kind: simulate again, or remove the line."));
            }

            rows.Add(new TelemetryTruthRow(cells[0], start, end, cells[3]));
        }

        return rows;
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
