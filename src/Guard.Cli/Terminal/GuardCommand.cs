using System.CommandLine;

namespace Guard.Cli.Terminal;

/// <summary>A command whose help ends with examples.</summary>
internal sealed class GuardCommand(string name, string description) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; init; } = [];
}
