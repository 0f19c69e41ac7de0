using System.Diagnostics;
using Guard.Benchmarks.Load;

namespace Guard.Cluster.Benchmarks.Measuring;

/// <summary>This program in a process of its own, which answers each line with a line.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    private Child(Process process) => _process = process;

    /// <summary>Starts a process.</summary>
    /// <param name="args">Its command line.</param>
    public static Child Start(params string[] args) => new(Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, [.. Program, .. args]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!);

    /// <exception cref="LoadException">The process ended.</exception>
    public async Task<string> AskAsync(string question)
    {
        await _process.StandardInput.WriteLineAsync(question);
        return await _process.StandardOutput.ReadLineAsync() ?? throw new LoadException($"A process of the benchmark's ended when asked to {question}; what it wrote stands above.");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    // `dotnet run` starts the program's own executable, `dotnet x.dll` the shared one.
    private static string[] Program => Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(Child).Assembly.Location] : [];
}
