using System.ComponentModel;
using System.Diagnostics;

namespace Guard.Server.Tests.Hosting;

/// <summary>Runs a tool of the machine, or skips the test where it is not there.</summary>
internal static class Tools
{
    /// <summary>Runs a tool to its end and gets what it wrote.</summary>
    public static async Task<string> RunAsync(string tool, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(tool, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Start(start);
        Assert.SkipWhen(process is null, $"{tool} is not installed here.");
        var (output, error) = (process!.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{tool} ended with {process.ExitCode}: {await output}{await error}");
        return await output;
    }

    private static Process? Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
