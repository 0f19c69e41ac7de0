using System.CommandLine;
using Guard.Cli.Terminal;
using Guard.Simulation.Experiments;

namespace Guard.Cli.Experiments;

/// <summary>The option that names the folder of reference data, which is no part of Guard.</summary>
internal sealed class ReferenceData
{
    private readonly Option<string?> _option = new("--reference")
    {
        Description = $"Folder with the reference data (mnist/, series/nab/); else {ExperimentData.Variable}, else the nearest shared/data above the program",
        HelpName = "folder",
    };

    public void AddTo(Command command) => command.Add(_option);

    /// <summary>The folder, or null where none was named and none was found.</summary>
    public string? Find(ParseResult parse)
    {
        var named = parse.GetValue(_option);
        return ExperimentData.Folder(named) ?? (named is null ? null : throw new CommandException($"There is no folder {named}."));
    }

    public string Need(ParseResult parse) => Find(parse) ?? throw new CommandException(Missing);

    /// <summary>What to say where there is no folder.</summary>
    public static string Missing => $"There is no reference data here; name its folder with --reference or {ExperimentData.Variable}.";
}
