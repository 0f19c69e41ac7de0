using Spectre.Console;

namespace Guard.Cli.Experiments;

/// <summary>The console that experiments print their tables to: plain text and wide enough where the output is redirected.</summary>
internal static class ExperimentConsole
{
    private const int LeastWidth = 110;

    public static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = Math.Max(console.Profile.Width, LeastWidth);
        }

        return console;
    }
}
