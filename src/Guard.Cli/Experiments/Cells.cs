using System.Globalization;
using Spectre.Console;

namespace Guard.Cli.Experiments;

/// <summary>Tables and numbers as the experiments print them.</summary>
internal static class Cells
{
    /// <summary>Makes a table whose first columns are text and whose others are numbers.</summary>
    public static Table Table(string title, int textColumns, params ReadOnlySpan<string> columns)
    {
        var table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(title));
        for (var i = 0; i < columns.Length; i++)
        {
            var column = new TableColumn(Markup.Escape(columns[i]));
            table.AddColumn(i < textColumns ? column.NoWrap() : column.RightAligned().NoWrap());
        }

        return table;
    }

    /// <summary>Adds a row of plain text.</summary>
    public static void Add(this Table table, params ReadOnlySpan<string> cells)
    {
        var escaped = new string[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            escaped[i] = Markup.Escape(cells[i]);
        }

        table.AddRow(escaped);
    }

    public static string Number(double? value, string format = "0.##") => value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) : "–";

    public static string WithError(double value, double? error, string format) =>
        error is { } spread ? $"{Number(value, format)} ±{Number(spread, format)}" : Number(value, format);
}
