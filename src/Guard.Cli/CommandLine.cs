using System.CommandLine;
using System.CommandLine.Invocation;
using Guard.Cli.Calibrate;
using Guard.Cli.Demo;
using Guard.Cli.Detect;
using Guard.Cli.Evaluate;
using Guard.Cli.Experiments;
using Guard.Cli.Keys;
using Guard.Cli.Replay;
using Guard.Cli.Serve;
using Guard.Cli.Simulate;
using Guard.Cli.Terminal;
using Guard.Cli.Torture;
using Guard.Cli.Train;

namespace Guard.Cli;

/// <summary>The commands of <c>guard</c>.</summary>
internal static class CommandLine
{
    /// <summary>How long a command may take to end after Ctrl-C or SIGTERM: a server writes what it holds.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        var parse = Root().Parse(args);
        if (parse.Action is ParseErrorAction && UsageErrors.LineOf(parse) is { } line)
        {
            await error.WriteLineAsync(line);
            return ExitCode.Usage;
        }

        var exitCode = await parse.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = s_patience });
        return parse.Action is ParseErrorAction ? ExitCode.Usage : exitCode;
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("Guard decides, click by click, whether a human or a robot made an ad click.")
        {
            ServeCommand.Create(),
            DemoCommand.Create(),
            SimulateCommand.Create(),
            TrainCommand.Create(),
            CalibrateCommand.Create(),
            ReplayCommand.Create(),
            EvaluateCommand.Create(),
            DetectCommand.Create(),
            KeyCommand.Create(),
            TortureCommand.Create(),
            ExperimentCommand.Create(),
        };
        HelpWithExamples.AddTo(root);
        return root;
    }
}
