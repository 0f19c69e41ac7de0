using System.CommandLine;
using Guard.Core.Calibration;
using Guard.Core.Lifecycle;
using Guard.Core.Lists;
using Guard.Core.Scoring;
using Guard.Engine.Intake;
using Guard.Engine.Log;
using Guard.Simulation.Scenarios;

namespace Guard.Cli.Terminal;

/// <summary>Gives a command its action, with the errors that a user can mend as one line and an exit code.</summary>
internal static class CommandExtensions
{
    /// <summary>Adds options in the order of the help.</summary>
    public static void AddOptions(this Command command, params ReadOnlySpan<Option> options)
    {
        foreach (var option in options)
        {
            command.Add(option);
        }
    }

    /// <summary>Sets what a command does.</summary>
    public static void Runs(this Command command, Func<ParseResult, Session, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parse, cancellation) =>
        {
            var session = Session.Of(parse);
            try
            {
                return await action(parse, session, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                await session.Error.WriteLineAsync("guard: interrupted");
                return ExitCode.Cancelled;
            }
            catch (Exception exception) when (IsForTheUser(exception))
            {
                await session.Error.WriteLineAsync($"guard: {LineOf(exception)}");
                return ExitCode.Failed;
            }
        });

    private static string LineOf(Exception exception) => (exception switch
    {
        FileNotFoundException { FileName: { } file } => $"{file}: there is no such file; check the name and the folder.",

        // The framework puts the name of its parameter behind what is said.
        ArgumentException { ParamName: { } parameter } argument => argument.Message.Split($" (Parameter '{parameter}')")[0],
        _ => exception.Message,
    }).ReplaceLineEndings(" ");

    private static bool IsForTheUser(Exception exception) => exception
        is CommandException
        or InputException
        or ScenarioException
        or CalibrationException
        or ThresholdFormatException
        or ModelFormatException
        or ArtifactConflictException
        or ArtifactMissingException
        or ListFormatException
        or FolderInUseException
        or LogFormatException
        or InvalidDataException
        or IOException
        or UnauthorizedAccessException
        or ArgumentException;
}
