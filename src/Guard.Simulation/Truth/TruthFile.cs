using System.Globalization;

namespace Guard.Simulation.Truth;

/// <summary>
/// The truth about a stream's clicks: CSV with the header <c>clickId,kind,robot,gateway</c> and a row for each click, in
/// the order in which the clicks arrive first. It lies beside the events, never in them.
/// </summary>
public static class TruthFile
{
    /// <summary>The header.</summary>
    public const string Header = "clickId,kind,robot,gateway";

    /// <summary>Reads the rows of a file.</summary>
    /// <exception cref="InvalidDataException">A line is not a row of truth; the message names file and line.</exception>
    public static IEnumerable<TruthRow> Read(string path)
    {
        using var reader = new StreamReader(path);
        foreach (var row in Read(reader, path))
        {
            yield return row;
        }
    }

    /// <summary>Reads rows.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="place">What errors call it.</param>
    /// <exception cref="InvalidDataException">A line is not a row of truth; the message names place and line.</exception>
    public static IEnumerable<TruthRow> Read(TextReader reader, string place)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Rows(reader, place);
    }

    private static IEnumerable<TruthRow> Rows(TextReader reader, string place)
    {
        if (reader.ReadLine() is var header && header != Header)
        {
            throw new InvalidDataException($"{place}:1: the header is not {Header}: give the truth file that the simulator wrote.");
        }

        // The few kinds, robots and gateways are shared by their rows.
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var line = 2; reader.ReadLine() is { } text; line++)
        {
            var cells = text.Split(',');
            if (cells.Length != 4 || cells[0].Length == 0 || cells[1].Length == 0)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{place}:{line}: not four columns with an id and a kind: simulate again, or remove the line."));
            }

            yield return new TruthRow(cells[0], Shared(cells[1]), Shared(cells[2]), Shared(cells[3]));
        }

        string Shared(string name)
        {
            if (!names.TryGetValue(name, out var shared))
            {
                names.Add(name, shared = name);
            }

            return shared;
        }
    }
}
