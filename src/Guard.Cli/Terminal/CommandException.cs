namespace Guard.Cli.Terminal;

/// <summary>A command cannot do what was asked; the message is one line that says why and what mends it.</summary>
internal sealed class CommandException(string message) : Exception(message);
