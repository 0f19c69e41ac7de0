namespace Guard.Cli.Processes;

/// <summary>How a <c>guard serve</c> of its own process is started.</summary>
/// <param name="Data">Its data folder.</param>
internal sealed record ServerLaunch(string Data)
{
    /// <summary>Gets the program to run, such as the one that an image holds; this one where it is not given.</summary>
    public string? Program { get; init; }

    /// <summary>Gets further arguments of <c>guard serve</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Gets the command that runs the server's, such as <c>taskset -c 0,1</c>; none runs it directly.</summary>
    public IReadOnlyList<string> Wrapper { get; init; } = [];

    /// <summary>Gets environment variables beside those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets the least severe log level that the server writes.</summary>
    public string LogLevel { get; init; } = "Warning";
}
