using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Guard.Cli.Options;
using Spectre.Console;

namespace Guard.Cli.Terminal;

/// <summary>The two streams of one command: results go to the output, progress and errors to the error stream.</summary>
internal sealed class Session
{
    /// <summary>The width of tables where the output is no terminal.</summary>
    private const int FileWidth = 160;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,

        // A rate of nothing is NaN.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public Session(TextWriter output, TextWriter error)
    {
        Output = output;
        Error = error;
        Console = Create(output, System.Console.IsOutputRedirected || output != System.Console.Out);
        Progress = Create(error, System.Console.IsErrorRedirected || error != System.Console.Error);
    }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    /// <summary>Gets the console for tables.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Gets the console for progress bars.</summary>
    public IAnsiConsole Progress { get; }

    public static Session Of(ParseResult parse) => new(parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);

    /// <summary>Writes a result that a program may read.</summary>
    public void WriteJson<T>(T value) => Output.WriteLine(JsonSerializer.Serialize(value, s_json));

    /// <summary>Runs long work behind a progress bar, which falls silent when the error stream is no terminal.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="work">The work; it reports the share done, from 0 to 1.</param>
    public async Task<T> ProgressAsync<T>(string title, Func<IProgress<double>, Task<T>> work)
    {
        if (!Progress.Profile.Capabilities.Interactive)
        {
            return await work(new Silence());
        }

        return await Progress.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(title, maxValue: 1);
                return await work(new Bar(task));
            });
    }

    /// <summary>Runs long work as <see cref="ProgressAsync"/> does, with a text that goes on beside the bar.</summary>
    /// <param name="work">The work; it reports the share done, from 0 to 1, and the text.</param>
    public async Task<T> WatchAsync<T>(Func<IProgress<(double Share, string Text)>, Task<T>> work)
    {
        if (!Progress.Profile.Capabilities.Interactive)
        {
            return await work(new Silence());
        }

        return await Progress.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async context => await work(new Bar(context.AddTask(" ", maxValue: 1))));
    }

    /// <summary>Gets the exit code of work on an input, and says where an incomplete one ended.</summary>
    public int Finish(OpenInput input)
    {
        if (input.Damage is not { } damage)
        {
            return ExitCode.Done;
        }

        Error.WriteLine($"guard: {damage.Message}");
        return ExitCode.Incomplete;
    }

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
        {
            console.Profile.Width = FileWidth;
        }

        return console;
    }

    private sealed class Silence : IProgress<double>, IProgress<(double Share, string Text)>
    {
        public void Report(double value)
        {
        }

        public void Report((double Share, string Text) value)
        {
        }
    }

    private sealed class Bar(ProgressTask task) : IProgress<double>, IProgress<(double Share, string Text)>
    {
        public void Report(double value) => task.Value = value;

        public void Report((double Share, string Text) value) => (task.Value, task.Description) = (value.Share, Markup.Escape(value.Text));
    }
}
