using System.Text.Json;

namespace Guard.Cli.Tests;

/// <summary>Runs <c>guard</c> in this process, in a folder of its own that is removed with it.</summary>
internal sealed class GuardProcess : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("guard-cli-").FullName;

    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>Gets the names of all files below the folder, with slashes, in ordinal order.</summary>
    public IReadOnlyList<string> Files() =>
        [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public async Task<Result> RunAsync(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exitCode = await CommandLine.RunAsync(args, output, error);
        return new Result(exitCode, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    internal sealed record Result(int ExitCode, string Output, string Error)
    {
        public JsonElement Json => JsonDocument.Parse(Output).RootElement;
    }
}
