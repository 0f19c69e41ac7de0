namespace Guard.Cli.Terminal;

/// <summary>What the process says when it ends.</summary>
internal static class ExitCode
{
    /// <summary>All that was asked is done.</summary>
    public const int Done = 0;

    /// <summary>Nothing useful was done; one line on the error stream says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 2;

    /// <summary>The work was done as far as the input allows, which was not whole; one line on the error stream says where it ended.</summary>
    public const int Incomplete = 3;

    /// <summary>Interrupted (128 + SIGINT, as shells expect).</summary>
    public const int Cancelled = 130;
}
