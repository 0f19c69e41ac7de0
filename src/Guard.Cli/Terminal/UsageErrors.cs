using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Guard.Cli.Terminal;

/// <summary>Says in one line what of a command line was not understood, and where the help stands. The parser's own words take the whole help's length.</summary>
internal static partial class UsageErrors
{
    private const int MostTypos = 2;

    /// <summary>Gets the line; <see langword="null"/> where a command was left out, which only the help mends.</summary>
    public static string? LineOf(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        var path = PathOf(parse.CommandResult);
        var unknown = parse.UnmatchedTokens is [var first, ..] ? first : null;
        if (command.Subcommands.Count > 0 && command.Action is null)
        {
            return unknown is null ? null : $"guard: '{unknown}' is no command of {path}{Meant(unknown, command)}; '{path} --help' lists them.";
        }

        var what = unknown is null ? Plain(parse.Errors[0].Message) : $"{path} takes no '{unknown}'{Meant(unknown, command)}.";
        return $"guard: {what} '{path} --help' shows what it takes.";
    }

    private static string PathOf(CommandResult result) => result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : "guard";

    private static string Meant(string written, Command command)
    {
        var near = command.Subcommands.Select(each => each.Name).Concat(command.Options.Select(each => each.Name))
            .Where(name => Distance(name, written) <= MostTypos).MinBy(name => Distance(name, written));
        return near is null ? "" : $" (did you mean {near}?)";
    }

    // The parser names the types of the framework, and writes choices a line each.
    private static string Plain(string message)
    {
        if (Unreadable().Match(message) is not { Success: true } found)
        {
            return message.ReplaceLineEndings(" ");
        }

        var (value, name, type, choices) = (found.Groups["value"].Value, found.Groups["name"].Value, found.Groups["type"].Value, found.Groups["choices"].Value);
        var takes = choices.Length > 0 ? $"one of {string.Join(", ", choices.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))}"
            : type.Contains("Int", StringComparison.Ordinal) ? "a whole number"
            : type.Contains("Double", StringComparison.Ordinal) ? "a number"
            : "another kind of value";
        return $"{name} takes {takes}, not '{value}'.";
    }

    [GeneratedRegex("^Cannot parse argument '(?<value>.*)' for (option|command) '(?<name>.*)' as expected type '(?<type>.*?)'\\.( Did you mean one of the following\\?(?<choices>.*))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Unreadable();

    /// <summary>Counts the letters to insert, remove or change (Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var (diagonal, left) = (row[0], i);
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var cost = Math.Min(Math.Min(left, row[j]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                (diagonal, left, row[j]) = (row[j], cost, cost);
            }
        }

        return row[^1];
    }
}
