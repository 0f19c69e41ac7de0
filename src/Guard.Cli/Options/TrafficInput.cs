using System.CommandLine;
using Guard.Cli.Terminal;
using Guard.Core.Clicks;
using Guard.Engine.Intake;

namespace Guard.Cli.Options;

/// <summary>The arguments and options by which a command is given events.</summary>
internal sealed class TrafficInput
{
    private readonly Argument<string[]> _events = new("events")
    {
        Description = "Files of events, plain or gzip, in the order of their time",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<InputFormat> _format = new("--format") { Description = "What the files hold", DefaultValueFactory = _ => InputFormat.CloudEvents };

    private readonly Option<string?> _quarantine = new("--quarantine") { Description = "The file for events that cannot be used, with reason and position (readable by its owner alone: rows hold what was sent)", HelpName = "file" };

    /// <summary>Adds the arguments and options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_events);
        command.AddOptions(_format, _quarantine);
    }

    /// <summary>Opens the files that the command line names.</summary>
    public OpenInput Open(ParseResult parse, KeyedHash hash)
    {
        var paths = parse.GetRequiredValue(_events);
        var quarantine = parse.GetValue(_quarantine) is { } path ? new QuarantineFile(path) : null;
        try
        {
            return Open(paths, parse.GetValue(_format), hash, quarantine);
        }
        catch
        {
            quarantine?.Dispose();
            throw;
        }
    }

    /// <summary>Opens files.</summary>
    public static OpenInput Open(IReadOnlyList<string> paths, InputFormat format, KeyedHash hash, QuarantineFile? quarantine)
    {
        IQuarantine rejected = (IQuarantine?)quarantine ?? new Discard();
        var progress = new ReadingProgress();
        if (format != InputFormat.CloudEvents && paths.Count > 1)
        {
            throw new CommandException($"{paths[1]}: this format is read from one file; join the files first.");
        }

        if (format == InputFormat.AccessLog)
        {
            var lines = new AccessLogSource(paths[0], hash, rejected);
            return new OpenInput(lines, lines.Counts, quarantine, progress);
        }

        if (format == InputFormat.TalkingData)
        {
            var rows = new TalkingDataSource(paths[0], hash, rejected);
            return new OpenInput(rows, rows.Counts, quarantine, progress);
        }

        var intake = new EventIntake(new IntakeOptions(), hash, rejected);
        return new OpenInput(new NdjsonEventSource(paths, intake, TimeProvider.System, progress), intake.Counts, quarantine, progress);
    }

    private sealed class Discard : IQuarantine
    {
        public void Add(in RejectedEvent rejected)
        {
        }
    }
}
